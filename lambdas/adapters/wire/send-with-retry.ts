// Batch calls may fail for some of their entries. Those are sent again, alone, with growing pauses.
import { setTimeout as wait } from 'node:timers/promises';

const PAUSES_IN_MILLIS = [25, 100, 400, 1600];

/**
 * @param send sends the entries and returns those that failed
 * @returns the entries that had failed when the attempts were used up; empty when all went through
 */
export async function sendWithRetry<Entry>(
  entries: readonly Entry[],
  send: (entries: readonly Entry[]) => Promise<readonly Entry[]>,
): Promise<readonly Entry[]> {
  let failed = await send(entries);
  for (const pauseInMillis of PAUSES_IN_MILLIS) {
    if (failed.length === 0) break;
    await wait(pauseInMillis * (0.5 + Math.random() / 2));
    failed = await send(failed);
  }
  return failed;
}
