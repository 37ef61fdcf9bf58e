// Makes V8 return memory that a thread does not need. By itself V8 collects garbage when the thread asks for more memory, which
// a thread at rest never does: after a storm each of the host's threads would keep the largest heap that it ever had.
import { Session } from 'node:inspector/promises';
import { flushCompileCache } from 'node:module';

const lookInMillis = 5_000;
/** A thread whose event loop is busy for less than this share of the time is at rest: it only polls, or keeps a timer. */
const restingShare = 0.05;

/**
 * Collects the garbage of the calling thread whenever it comes to rest after work, and writes what it compiled to the cache.
 * @param intervalInMillis how long it is at rest by then; twice that at most
 */
export function giveBackAtRest(intervalInMillis = lookInMillis): void {
  let before = performance.eventLoopUtilization();
  let hasWorked = true;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const isBusy = performance.eventLoopUtilization(now, before).utilization > restingShare;
    before = now;
    if (!isBusy && hasWorked) {
      collectGarbage();
      flushCompileCache();
    }
    hasWorked = isBusy;
  }, intervalInMillis).unref();
}

/** https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage */
function collectGarbage(): void {
  const session = new Session();
  session.connect();
  void session.post('HeapProfiler.collectGarbage').finally(() => session.disconnect());
}
