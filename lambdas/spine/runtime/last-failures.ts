// Notes of the messages of a batch that failed at their last delivery: SQS moves them to the dead-letter queue next. It is best effort.
// What dies before it could note, or cannot, is found in that queue when an operator looks.
import type { SQSRecord } from 'aws-lambda';
import { DEAD_LETTERS_KEPT_IN_DAYS } from '../bindings/dead-letters.ts';
import { DELIVERIES, OPERATIONS_TABLE, SUBSCRIPTION } from '../bindings/environment.ts';
import type { DeadLetter, DeadLetterWriter, FailedStream } from '../kernel/pipeline/dead-letter.ts';
import { required, requiredCount } from './environment.ts';
import { failureOf } from './failure.ts';
import { logger } from './logger.ts';

export interface LastFailurePorts {
  readonly subscriber: string;
  /** How often a message is delivered before it is a dead letter. */
  readonly deliveries: number;
  readonly letters: DeadLetterWriter;
  now(): Date;
}

export interface FailedMessage {
  readonly messageId: string;
  /** @default it was not done in time */
  readonly error?: unknown;
  readonly streams: readonly FailedStream[];
}

/** So long the answer waits for the notes: it must be given before Lambda ends the invocation. */
const PATIENCE_IN_MILLIS = 500;
const KEPT_IN_MILLIS = DEAD_LETTERS_KEPT_IN_DAYS * 24 * 60 * 60 * 1_000;

const OUT_OF_TIME = { code: 'out_of_time', message: 'It was not done when the time of the function was nearly up.' };

/** @param lettersIn of a table @throws MissingVariableError when the function starts, where its environment lacks something */
export const lastFailuresFromEnvironment = (lettersIn: (tableName: string) => DeadLetterWriter): LastFailurePorts => ({
  subscriber: required(SUBSCRIPTION),
  deliveries: requiredCount(DELIVERIES),
  letters: lettersIn(required(OPERATIONS_TABLE)),
  now: () => new Date(),
});

/** Never throws. */
export async function noteLastFailures(
  { subscriber, deliveries, letters, now }: LastFailurePorts,
  records: readonly SQSRecord[],
  failed: readonly FailedMessage[],
): Promise<void> {
  const byId = new Map(records.map((record) => [record.messageId, record]));
  const notes = failed.flatMap(({ messageId, error, streams }) => {
    const attributes = byId.get(messageId)?.attributes;
    const attempts = Number(attributes?.ApproximateReceiveCount);
    if (!attributes || !(attempts >= deliveries)) return [];
    const letter: DeadLetter = {
      ...{ id: messageId, subscriber, streams: oncePerStream(streams), attempts },
      error: error === undefined ? OUT_OF_TIME : failureOf(error),
      firstFailedAt: instantOf(attributes.ApproximateFirstReceiveTimestamp, now()).toISOString(),
      lastFailedAt: now().toISOString(),
      keptUntil: new Date(instantOf(attributes.SentTimestamp, now()).getTime() + KEPT_IN_MILLIS).toISOString(),
    };
    return [letters.note(letter)];
  });
  if (notes.length === 0) return;
  const timer = Promise.withResolvers<'late'>();
  const timeout = setTimeout(() => timer.resolve('late'), PATIENCE_IN_MILLIS);
  const results = await Promise.race([Promise.allSettled(notes), timer.promise]);
  clearTimeout(timeout);
  const reasons =
    results === 'late' ? ['too slow'] : results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  for (const error of reasons) logger.warn('A dead letter could not be noted', { error });
}

/** @param millis since 1970, as SQS spells it; an emulator may leave it out */
const instantOf = (millis: string | undefined, otherwise: Date): Date =>
  millis !== undefined && /^\d{1,15}$/.test(millis) ? new Date(Number(millis)) : otherwise;

/** The earliest version of each. */
function oncePerStream(streams: readonly FailedStream[]): readonly FailedStream[] {
  const byStream = Map.groupBy(streams, ({ stream }) => stream);
  return [...byStream].map(([stream, each]) => {
    const versions = each.flatMap(({ version }) => version ?? []);
    return { stream, ...(versions.length > 0 && { version: Math.min(...versions) }) };
  });
}
