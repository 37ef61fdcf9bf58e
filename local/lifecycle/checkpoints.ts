// Lets the change streams' journal forget what has reached the queues, which keep it on disk. Until then a kill loses what was on
// the event stream, and the next start sends it again from the journal.
import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDb } from '../services/dynamodb/start.ts';

const intervalInMillis = 2_000;
const lookAgainInMillis = 20;

export interface Checkpoints {
  /** Ends them with one more, for which it waits until all has reached the queues, or `patienceInMillis`. */
  stop(patienceInMillis: number): Promise<void>;
}

/** @param hasReachedQueues whether no commit is between the event table and the queues */
export function startCheckpoints(dynamodb: Pick<DynamoDb, 'checkpoint'>, hasReachedQueues: () => boolean): Checkpoints {
  const stopping = new AbortController();
  const checkpoint = () => dynamodb.checkpoint(async () => hasReachedQueues());
  const regularly = async (): Promise<void> => {
    while (await pause(intervalInMillis, stopping.signal)) if (hasReachedQueues()) await checkpoint();
  };
  const running = regularly();
  return {
    async stop(patienceInMillis) {
      stopping.abort();
      await running;
      const deadline = performance.now() + patienceInMillis;
      while (!hasReachedQueues() && performance.now() < deadline) await delay(lookAgainInMillis);
      await checkpoint();
    },
  };
}

/** @returns false when the signal came first */
const pause = (millis: number, signal: AbortSignal): Promise<boolean> =>
  delay(millis, true, { signal }).catch(() => false);
