// Tells whether nothing is on its way anywhere.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { QueueCounts } from './queue-counts.ts';

/** The hops of an event, in the order in which it passes them. */
export interface Hops {
  /** HTTP requests that have not ended. */
  requestsInFlight(): number;
  /** Commits on the change streams that the relay has not carried on. */
  changeStreamPending(): number;
  /** Records on the event stream that the fan-out has not carried on. */
  eventStreamPending(): number;
  queues(): Promise<readonly QueueCounts[]>;
  /** Delayed messages that retry what failed. */
  retriesPending(): number;
  /** Messages that queue mappings hold. */
  queueMappingsPending(): number;
  /** Grows with every request and every invocation. */
  generation(): number;
}

/**
 * Whether every hop is empty. A delayed message does not count, because it is a timer that waits for its hour, unless it
 * retries what failed. An event must not be missed that is between two hops, or that has moved to one already looked at:
 *
 * - A hop counts an event until the next one has it, so we look downstream, the way that events go, and meet what is ahead.
 * - Work that starts behind us, by a new request or by a function at the end that writes to the event table again, raises
 *   the generation.
 * - Queues are counted side by side, so a message may pass from one that was not yet counted to one that was, as from a projector's
 *   to that of invalidations. A function passes it on, and its invocation raises the generation before the first queue forgets it.
 * - A report from a service's thread may still be in the queue of this one: the second look, after a turn of the event loop,
 *   finds what it told.
 */
export async function isIdle(hops: Hops): Promise<boolean> {
  const before = hops.generation();
  if (!(await isEmpty(hops))) return false;
  await nextTurn();
  return (await isEmpty(hops)) && hops.generation() === before;
}

async function isEmpty(hops: Hops): Promise<boolean> {
  if (hops.requestsInFlight() + hops.changeStreamPending() + hops.eventStreamPending() > 0) return false;
  // Before the queues: one that is no longer pending is visible.
  if (hops.retriesPending() > 0) return false;
  const queues = await hops.queues();
  if (queues.some(({ visible, inFlight }) => visible + inFlight > 0)) return false;
  return hops.queueMappingsPending() === 0;
}
