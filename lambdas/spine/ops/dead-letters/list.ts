// One page of dead letters: those of one subscriber after the other, from the event table on.
import type { DeadLetter } from '../../kernel/pipeline/dead-letter.ts';
import { logger } from '../../runtime/logger.ts';
import { findUnnoted } from './find-unnoted.ts';
import type { DeadLetterPorts } from './ports.ts';

export interface Place {
  readonly subscriber: string;
  /** An id; `-`, which no message has, before the first. */
  readonly after: string;
}

export const BEGINNING = '-';

export async function listLetters(
  ports: DeadLetterPorts,
  subscribers: readonly string[],
  limit: number,
  from: Place | undefined,
): Promise<{ readonly letters: readonly DeadLetter[]; readonly end?: Place }> {
  const letters: DeadLetter[] = [];
  // What is gone since the cursor was made begins with the next page.
  const begin = from === undefined ? 0 : Math.max(0, subscribers.indexOf(from.subscriber));
  if (from === undefined) await Promise.all(subscribers.map((each) => look(ports, each)));
  for (const subscriber of subscribers.slice(begin)) {
    if (letters.length === limit) return { letters, end: { subscriber, after: BEGINNING } };
    const after = subscriber === from?.subscriber && from.after !== BEGINNING ? from.after : undefined;
    const page = await ports.notes.list(subscriber, limit - letters.length, after);
    letters.push(...page.letters);
    if (page.end !== undefined) return { letters, end: { subscriber, after: page.end } };
  }
  return { letters };
}

/** What is noted is shown even where the queue cannot be looked into. */
async function look(ports: DeadLetterPorts, subscriber: string): Promise<void> {
  try {
    await findUnnoted(ports, subscriber);
  } catch (error) {
    logger.error('A dead-letter queue could not be looked into', { error, subscriber });
  }
}
