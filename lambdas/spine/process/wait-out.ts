// Waits out what may pass, without holding a message: the run ends here, and a timer begins another one. Pauses double from
// 2 s to the longest delay of a message, half of each at random, so that those who failed together do not come back together.
import type { Timer } from '../kernel/timers.ts';
import { logger } from '../runtime/logger.ts';
import { type Content, isTimer } from './messages.ts';
import type { ProcessWorkerPorts } from './ports.ts';

const LONGEST_PAUSE_IN_SECONDS = 900;

/** Longer than any wait for a deployment, a failover or a busy stream. */
const LONG_WAIT_IN_MILLIS = 10 * 60 * 1_000;

type WaitingPorts = Pick<ProcessWorkerPorts, 'now' | 'random' | 'timers' | 'countLongWait'>;

interface Waiting {
  readonly category: string;
  readonly processId: string;
  /** Of a process; it gets as long again to be undone. */
  readonly lifetimeInMillis: number;
}

/**
 * Plans another run for what the contents call for. It reads the streams itself, so all of them become one timer, and the
 * number of timers does not grow: a watch is its own next try until its deadline.
 * @throws the error, when twice the lifetime is over: then it is an operator's
 */
export async function waitOut(
  { timers, now, random, countLongWait }: WaitingPorts,
  { category, processId, lifetimeInMillis }: Waiting,
  contents: readonly Content[],
  error: unknown,
): Promise<void> {
  const time = now();
  const pending = contents.filter(isTimer).filter(({ watch, dueAt }) => watch && time.toISOString() < dueAt);
  const earlier = contents.filter(isTimer).flatMap((timer) => triesOf(timer, lifetimeInMillis));
  const since = earlier.map((retry) => retry.since).sort()[0] ?? time.toISOString();
  const waitedInMillis = time.getTime() - Date.parse(since);
  if (waitedInMillis >= LONG_WAIT_IN_MILLIS) countLongWait();
  if (waitedInMillis >= 2 * lifetimeInMillis) throw error;
  const attempt = Math.max(0, ...earlier.map((retry) => retry.attempt)) + 1;
  const pauseInSeconds = Math.min(2 ** attempt, LONGEST_PAUSE_IN_SECONDS) * (1 - random() / 2);
  const dueAt = new Date(time.getTime() + pauseInSeconds * 1_000).toISOString();
  const correlationId = contents.at(-1)?.correlationId ?? processId;
  const retry: Timer = { processId, dueAt, correlationId, retry: { attempt, since } };
  const planned = pending.length < contents.length ? [retry, ...pending] : pending;
  await Promise.all(planned.map((timer) => timers.schedule(timer)));
  logger.warn('A process waits for an outage to end', { error, category, processId, attempt, since, correlationId });
}

/** A watch at its deadline has waited since the process started. */
function triesOf({ watch, dueAt, retry }: Timer, lifetimeInMillis: number): NonNullable<Timer['retry']>[] {
  if (retry) return [retry];
  return watch ? [{ attempt: 0, since: new Date(Date.parse(dueAt) - lifetimeInMillis).toISOString() }] : [];
}
