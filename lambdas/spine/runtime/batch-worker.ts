// Works through a queue's batch stream by stream and stops before its time is up. What is done is acknowledged, and so is
// what is handed on: slowness uses up none of a message's deliveries, and a stream that fails takes only itself along.
//
// - A message all of whose streams are done is acknowledged.
// - A stream that there was no time to begin is sent to the function's own queue again, and acknowledged.
// - Of a message of which some is done, what failed is sent again on its own. So whoever fails is soon alone, and the
//   messages in the dead-letter queue hold nobody else.
// - A message of which nothing but failures is left is delivered again, and goes to the dead-letter queue after its last delivery.
//
// Whatever is sent again is less than what came, so this ends. Lambda cannot know that: a function that works like this
// needs RecursiveLoop `Allow` (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html).
import type { SQSEvent } from 'aws-lambda';
import pMap from 'p-map';
import { type BatchResponse, failedMessages } from './batch-response.ts';
import { type Invocation, longestInvocation, ringAfter } from './invocation.ts';
import { type LagPorts, lagInMillis } from './lag.ts';
import { type LastFailurePorts, noteLastFailures } from './last-failures.ts';
import { logger } from './logger.ts';
import { type Delivered, readMessages } from './queue-messages.ts';

interface Traced {
  readonly correlationId: string;
  /** Of its events; what follows from none, as a timer, has none and no lag. */
  readonly time?: string;
  /** Of its first event in its stream. */
  readonly version?: number;
}

export interface BatchWork<Content extends Traced> {
  /** What a message's body holds; throws when it cannot be read. */
  parse(body: string): readonly Content[];
  /** Contents with the same key are worked on together: the name of their stream. */
  keyOf(content: Content): string;
  /** Most keys that are worked on at once. */
  readonly concurrency: number;
  /**
   * Does what the contents of one key call for. It may be cut off at the end of the invocation and done again.
   * @returns `waits` where what is left has been arranged to come again later: it is acknowledged, but not done
   * @throws Error when it failed, which is logged here
   */
  work(key: string, contents: readonly Content[]): Promise<void> | Promise<'waits' | undefined>;
  /**
   * Ends the batch when the work is over, once, with the keys that are done; without it there is nothing to end.
   * @throws Error when none of them counts as done
   */
  conclude?(keys: readonly string[]): Promise<void>;
  /** Sends contents to the function's own queue. @throws Error when they did not all get through */
  handOn(contents: readonly Content[]): Promise<void>;
  /**
   * Is told how long after their events the contents were done.
   * @default nobody is told
   */
  readonly lag?: LagPorts | undefined;
  /**
   * Is told of the messages that failed at their last delivery.
   * @default nobody is told
   */
  readonly lastFailures?: LastFailurePorts | undefined;
  /**
   * The stream that a content is about, for who is told of its failure.
   * @default its key
   */
  streamOf?(content: Content): string;
}

type Outcome = 'begun' | 'done' | { readonly error: unknown };

/** Of the keys that are done and do not wait, when they were. */
type Ends = Map<string, Date>;

/** Nothing is begun in the last third of the time; what is begun by then has until the last tenth. */
const LAST_BEGIN = 1 / 3;
const CUT_OFF = 1 / 10;

export type BatchWorker = (event: Pick<SQSEvent, 'Records'>, invocation?: Invocation) => Promise<BatchResponse>;

export function batchWorker<Content extends Traced>(work: BatchWork<Content>): BatchWorker {
  return async ({ Records }, invocation = longestInvocation) => {
    const unreadable = new Map<string, unknown>();
    const delivered = readMessages(Records, (body) => work.parse(body), unreadable);
    const ends: Ends = new Map();
    const outcomes = await outcomesOf(work, delivered, invocation, ends);
    await conclude(work, outcomes);
    tellLags(work, delivered, outcomes, ends);
    const { again, handedOn } = settle(work, delivered, outcomes);
    const failed = [...again];
    for (const part of handedOn) if (!(await isHandedOn(work, part))) failed.push(...part);
    const ofMessages = Map.groupBy(failed, ({ messageId }) => messageId);
    await tellLastFailures(work, Records, unreadable, ofMessages, outcomes);
    return failedMessages([...new Set([...unreadable.keys(), ...ofMessages.keys()])]);
  };
}

/** A key without an outcome was not begun. */
async function outcomesOf<Content extends Traced>(
  { keyOf, concurrency, work, lag }: BatchWork<Content>,
  delivered: readonly Delivered<Content>[],
  invocation: Invocation,
  ends: Ends,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const timeInMillis = invocation.remainingInMillis();
  const task = async ([key, ofKey]: [string, Delivered<Content>[]]) => {
    if (invocation.remainingInMillis() < timeInMillis * LAST_BEGIN) return;
    outcomes.set(key, 'begun');
    const contents = ofKey.map(({ content }) => content);
    try {
      const result = await work(key, contents);
      outcomes.set(key, 'done');
      if (lag && result !== 'waits') ends.set(key, lag.now());
    } catch (error) {
      const correlationIds = contents.map(({ correlationId }) => correlationId);
      logger.error('Part of a batch failed', { error, key, correlationIds });
      outcomes.set(key, { error });
    }
  };
  const byKey = Map.groupBy(delivered, ({ content }) => keyOf(content));
  const cutOff = Promise.withResolvers<void>();
  const callOff = (invocation.after ?? ringAfter)(timeInMillis * (1 - CUT_OFF), cutOff.resolve);
  await Promise.race([pMap(byKey, task, { concurrency }), cutOff.promise]);
  callOff();
  // A copy: work that goes on after the cut-off must not be acknowledged.
  return new Map(outcomes);
}

async function conclude<Content extends Traced>(
  work: BatchWork<Content>,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const done = [...outcomes].flatMap(([key, outcome]) => (outcome === 'done' ? [key] : []));
  if (!work.conclude || done.length === 0) return;
  try {
    await work.conclude(done);
  } catch (error) {
    logger.error('A batch could not be concluded', { error, keys: done.length });
    for (const key of done) outcomes.set(key, { error });
  }
}

async function tellLastFailures<Content extends Traced>(
  { keyOf, streamOf = keyOf, lastFailures }: BatchWork<Content>,
  records: SQSEvent['Records'],
  unreadable: ReadonlyMap<string, unknown>,
  failed: ReadonlyMap<string, readonly Delivered<Content>[]>,
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  if (!lastFailures) return;
  const errorOf = ({ content }: Delivered<Content>): unknown[] => {
    const outcome = outcomes.get(keyOf(content));
    return typeof outcome === 'object' ? [outcome.error] : [];
  };
  await noteLastFailures(lastFailures, records, [
    ...[...unreadable].map(([messageId, error]) => ({ messageId, error, streams: [] })),
    ...[...failed].map(([messageId, ofMessage]) => ({
      messageId,
      error: ofMessage.flatMap(errorOf)[0],
      streams: ofMessage.map(({ content }) => ({
        stream: streamOf(content),
        ...(content.version !== undefined && { version: content.version }),
      })),
    })),
  ]);
}

/** Of what came again because the batch could not be concluded, the lag is told when it could be. */
function tellLags<Content extends Traced>(
  { keyOf, lag }: BatchWork<Content>,
  delivered: readonly Delivered<Content>[],
  outcomes: ReadonlyMap<string, Outcome>,
  ends: Ends,
): void {
  const lags = delivered.flatMap(({ content }) => {
    const key = keyOf(content);
    const end = outcomes.get(key) === 'done' ? ends.get(key) : undefined;
    return end && content.time !== undefined ? [lagInMillis(content.time, end)] : [];
  });
  if (lags.length > 0) lag?.publish(lags);
}

/** Which of what came is delivered again with its message, and which goes on in messages of its own. */
function settle<Content extends Traced>(
  { keyOf }: BatchWork<Content>,
  delivered: readonly Delivered<Content>[],
  outcomes: ReadonlyMap<string, Outcome>,
) {
  const again: Delivered<Content>[] = [];
  const unbegun: Delivered<Content>[] = [];
  const failed: Delivered<Content>[] = [];
  for (const ofMessage of Map.groupBy(delivered, ({ messageId }) => messageId).values()) {
    const outcomeOf = ({ content }: Delivered<Content>) => outcomes.get(keyOf(content));
    const left = ofMessage.filter((each) => outcomeOf(each) !== 'done');
    const failures = left.filter((each) => outcomeOf(each) !== undefined);
    if (failures.length === ofMessage.length) again.push(...failures);
    else failed.push(...failures);
    unbegun.push(...left.filter((each) => outcomeOf(each) === undefined));
  }
  return { again, handedOn: [unbegun, failed].filter((part) => part.length > 0) };
}

async function isHandedOn<Content extends Traced>(
  work: BatchWork<Content>,
  part: readonly Delivered<Content>[],
): Promise<boolean> {
  try {
    await work.handOn(part.map(({ content }) => content));
    logger.info('Handed on what the batch could not do', { contents: part.length });
    return true;
  } catch (error) {
    logger.error('What the batch could not do could not be handed on and will be delivered again', { error });
    return false;
  }
}
