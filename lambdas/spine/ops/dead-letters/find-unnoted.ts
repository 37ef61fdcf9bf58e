// Finds what nobody has noted: a subscriber that died or ran out of time at the last delivery left no note, and some hops leave none. It
// looks into the dead-letter queue, for as short as it takes, and notes what is there.
import type { DeadMessage } from '../../aws/sqs/dead-letter-queue.ts';
import { DEAD_LETTERS_KEPT_IN_DAYS } from '../../bindings/dead-letters.ts';
import type { DeadLetter } from '../../kernel/pipeline/dead-letter.ts';
import { contentOf } from './content.ts';
import type { DeadLetterPorts } from './ports.ts';
import { releaseAll } from './release-all.ts';

/** Most messages that one request looks at, and for how long others do not see them if it dies before it releases them. */
const MOST_MESSAGES = 200;
const MOST_MILLIS = 3_000;
const HIDDEN_IN_SECONDS = 10;
const KEPT_IN_MILLIS = DEAD_LETTERS_KEPT_IN_DAYS * 24 * 60 * 60 * 1_000;

export async function findUnnoted(ports: DeadLetterPorts, subscriber: string): Promise<void> {
  const { notes, now } = ports;
  const queue = await ports.queueOf(subscriber);
  const [depth, noted] = await Promise.all([queue.depth(), notes.count(subscriber)]);
  if (depth <= noted) return;
  const until = now().getTime() + MOST_MILLIS;
  const taken: (readonly DeadMessage[])[] = [];
  try {
    while (taken.flat().length < Math.min(depth, MOST_MESSAGES) && now().getTime() < until) {
      const messages = await queue.take(HIDDEN_IN_SECONDS);
      if (messages.length === 0) break;
      taken.push(messages);
      await Promise.all(messages.map((dead) => notes.noteFound(letterOf(dead, subscriber, now()))));
    }
  } finally {
    await releaseAll(queue, taken);
  }
}

const letterOf = (dead: DeadMessage, subscriber: string, now: Date): DeadLetter => ({
  ...{ id: dead.id, subscriber, ...contentOf(dead.body, subscriber) },
  // The last receive is ours.
  attempts: Math.max(1, dead.receives - 1),
  firstFailedAt: new Date(dead.firstReceivedAt).toISOString(),
  lastFailedAt: now.toISOString(),
  keptUntil: new Date(dead.sentAt + KEPT_IN_MILLIS).toISOString(),
});
