// Sends mails one after the other at the rate that SES allows this function. SES counts an account's rate, which other senders
// and other invocations have a part in, so where it throttles all the same the pace halves, and recovers while mails go out.
import type { ExecutionPorts } from '../kernel/execution/execute-command.ts';

export interface Pace {
  /** Waits for this mail's turn. @returns false, at once, if that would come after `latest` */
  turn(latest: Date): Promise<boolean>;
  /** SES has taken the mail of a turn. */
  taken(): void;
  /** SES has said that it was one too many. */
  throttled(): void;
}

const LONGEST_INTERVAL_IN_MILLIS = 1_000;
const SLOW_DOWN = 2;
const SPEED_UP = 0.9;

/** Somewhat below the rate, because turns that wait for the network come closer together than they began. */
const SHARE_OF_RATE = 0.95;

/** @param perSecond mails that this function may send a second */
export function steadyPace(perSecond: number, { wait, now }: Pick<ExecutionPorts, 'wait'> & { now(): Date }): Pace {
  const shortest = 1_000 / (perSecond * SHARE_OF_RATE);
  const longest = Math.max(shortest, LONGEST_INTERVAL_IN_MILLIS);
  let interval = shortest;
  let next = 0;
  let asked = 0;
  return {
    async turn(latest) {
      const millis = now().getTime();
      // A clock that was set back takes the turns that were given with it.
      next -= Math.max(0, asked - millis);
      asked = millis;
      const mine = Math.max(next, millis);
      if (mine > latest.getTime()) return false;
      next = mine + interval;
      if (mine > millis) await wait(mine - millis);
      return true;
    },
    taken() {
      interval = Math.max(shortest, interval * SPEED_UP);
    },
    throttled() {
      interval = Math.min(longest, interval * SLOW_DOWN);
      next = Math.max(next, now().getTime() + interval);
    },
  };
}
