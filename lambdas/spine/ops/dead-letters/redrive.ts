// Puts dead letters back. A message is sent first, then removed, then its note is forgotten: whoever dies in between leaves a message that
// is sent again, which is harmless, or a note of none, which the next redrive clears.
import type { DeadLetterQueue, DeadMessage } from '../../aws/sqs/dead-letter-queue.ts';
import { logger } from '../../runtime/logger.ts';
import type { DeadLetterPorts } from './ports.ts';
import { releaseAll } from './release-all.ts';

/** What one request does, well within the time of the function. */
const MOST_MESSAGES = 500;
const MOST_MILLIS = 5_000;
/** Longer than a request takes: whoever looks at the same time takes another message. */
const HIDDEN_IN_SECONDS = 30;
/** A note is written before SQS moves its message, which happens when the message would be visible again: 30 minutes after at most. */
const MOVED_WITHIN_MILLIS = 35 * 60 * 1_000;

export interface Redriven {
  readonly redriven: number;
  readonly left: number;
}

/** @param id of one message; without it all of the subscriber's are put back @throws Error when none could be, and one was there */
export async function redriveLetters(ports: DeadLetterPorts, subscriber: string, id?: string): Promise<Redriven> {
  const { now } = ports;
  const queue = await ports.queueOf(subscriber);
  const until = now().getTime() + MOST_MILLIS;
  const held: DeadMessage[][] = [];
  const failures: unknown[] = [];
  let redriven = 0;
  let isEmpty = false;
  try {
    while (!isEmpty && redriven < MOST_MESSAGES && now().getTime() < until) {
      const messages = await queue.take(HIDDEN_IN_SECONDS);
      isEmpty = messages.length === 0;
      const wanted = messages.filter((each) => id === undefined || each.id === id);
      const results = await Promise.allSettled(wanted.map((dead) => putBack(ports, queue, subscriber, dead)));
      const failed = wanted.filter((_, index) => results[index]?.status === 'rejected');
      held.push([...messages.filter((each) => !wanted.includes(each)), ...failed]);
      failures.push(...results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])));
      redriven += wanted.length - failed.length;
      if (failed.length > 0 || (id !== undefined && redriven > 0)) break;
    }
  } finally {
    await releaseAll(queue, held);
  }
  for (const error of failures) logger.error('A dead letter could not be put back', { error, subscriber });
  if (redriven === 0 && failures.length > 0) throw failures[0];
  const left = await queue.depth();
  if (isEmpty && left === 0) await clear(ports, subscriber, id);
  return { redriven, left };
}

async function putBack(
  { notes }: DeadLetterPorts,
  queue: DeadLetterQueue,
  subscriber: string,
  dead: DeadMessage,
): Promise<void> {
  await queue.sendBack(dead);
  await queue.remove(dead);
  await notes.forget(subscriber, dead.id);
}

/** Forgets notes whose messages are gone: put back by a redrive that died after it, or by other means. */
async function clear({ notes, now }: DeadLetterPorts, subscriber: string, id: string | undefined): Promise<void> {
  const { letters } = await notes.list(subscriber, MOST_MESSAGES);
  const stale = letters.filter(
    (letter) =>
      (id === undefined || letter.id === id) && now().getTime() - Date.parse(letter.lastFailedAt) > MOVED_WITHIN_MILLIS,
  );
  await Promise.all(stale.map((letter) => notes.forget(subscriber, letter.id)));
}
