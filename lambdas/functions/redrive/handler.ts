// Redrives what a hop could not pass on, until it gets through: a message that does not comes again by itself, after a pause that
// grows, for as long as SQS keeps it. What is left of a message, or what the records that it names turn out to be, goes on as a
// message of its own, so that nobody is told twice because somebody else could not be.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { RedriveQueue } from '../../adapters/sqs/redrive-queue.ts';
import type { StreamsToRedrive, ToRedrive } from '../../kernel/redrive.ts';
import type { Subscription } from '../../kernel/subscription.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';
import { locate, type RecordSources } from './locate.ts';
import { MalformedRedriveError, toRedriveIn } from './message.ts';
import { type PassOnPorts, passOn } from './pass-on.ts';
import { pauseInSeconds } from './pause.ts';

export interface OwnQueue {
  /** Takes what is left of a message. */
  readonly rest: RedriveQueue;
  /** Hides messages for so long. */
  hide(messages: readonly { readonly receiptHandle: string; readonly seconds: number }[]): Promise<void>;
  /** Puts a message aside that can never succeed. */
  bury(body: string): Promise<void>;
}

export interface RedriveFigures {
  /** Streams that got through, each once for each that they were passed on to. */
  readonly redriven: number;
  /** Streams that did not. */
  readonly waiting: number;
}

export interface RedrivePorts extends PassOnPorts, RecordSources {
  readonly subscriptions: readonly Subscription[];
  /** The queue that the messages come from. */
  queueOf(queueArn: string): OwnQueue;
  publish(figures: RedriveFigures): void;
}

/** A message, and what it comes down to. */
interface Task {
  readonly record: SQSRecord;
  readonly parts: readonly ToRedrive[];
  /** Whether the message says just that, so that what is left of it all needs no other. */
  readonly isAsAsked: boolean;
}

export function redrive(ports: RedrivePorts): (event: SQSEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failed: SQSRecord[] = [];
    const tasks: Task[] = [];
    for (const record of Records) {
      try {
        const task = await taskOf(record, ports);
        if (task) tasks.push(task);
      } catch (error) {
        logger.error('A message could not be redriven and will be tried again', { error, messageId: record.messageId });
        failed.push(record);
      }
    }
    const asked = tasks.flatMap(({ parts }) => parts.filter(isNamed));
    const leftOf = await passOn(ports, asked);
    for (const task of tasks) if (!(await isDone(task, leftOf, ports))) failed.push(task.record);
    const count = (streamsOf: (one: StreamsToRedrive) => readonly string[]) =>
      asked.reduce((sum, one) => sum + streamsOf(one).length, 0);
    const waiting = count(leftOf);
    ports.publish({ redriven: count(({ streams }) => streams) - waiting, waiting });
    await hide(failed, ports);
    return failedMessages(failed.map(({ messageId }) => messageId));
  };
}

const isNamed = (what: ToRedrive): what is StreamsToRedrive => what.kind === 'streams';

/** @returns `undefined` for a message that can never succeed, and is put aside */
async function taskOf(record: SQSRecord, ports: RedrivePorts): Promise<Task | undefined> {
  const what = readable(record);
  const own = ports.queueOf(record.eventSourceARN);
  if (what === undefined || (what.kind === 'streams' && !ports.destinations.has(what.subscriber))) {
    logger.error('A message asks for nothing that can be redriven', { messageId: record.messageId });
    await own.bury(record.body);
    return undefined;
  }
  if (what.kind === 'streams') return { record, parts: [what], isAsAsked: true };
  const { parts, isWhole } = await locate(what, ports, ports.subscriptions);
  if (!isWhole) {
    logger.error('Records that were not processed are gone from their stream', { ...what });
    await own.bury(record.body);
  }
  const isAsAsked = parts.length === 1 && parts[0]?.kind === 'records' && what.first === what.last;
  return { record, parts, isAsAsked };
}

function readable({ body, messageId }: SQSRecord): ToRedrive | undefined {
  try {
    return toRedriveIn(body);
  } catch (error) {
    if (!(error instanceof MalformedRedriveError)) throw error;
    logger.error('A message is no redrive', { error, messageId });
    return undefined;
  }
}

/** Whether nothing is left of the message, or what is left has gone on in another. */
async function isDone(
  { record, parts, isAsAsked }: Task,
  leftOf: (one: StreamsToRedrive) => readonly string[],
  ports: RedrivePorts,
): Promise<boolean> {
  const left = parts.flatMap((part): ToRedrive[] => {
    if (!isNamed(part)) return [part];
    const streams = leftOf(part);
    return streams.length > 0 ? [{ ...part, streams }] : [];
  });
  if (left.length === 0) return true;
  if (isAsAsked && sizeOf(left) === sizeOf(parts)) return false;
  return (await ports.queueOf(record.eventSourceARN).rest.send(left)).length === 0;
}

const sizeOf = (parts: readonly ToRedrive[]): number =>
  parts.reduce((sum, part) => sum + (isNamed(part) ? part.streams.length : 1), 0);

async function hide(failed: readonly SQSRecord[], { queueOf }: RedrivePorts): Promise<void> {
  for (const [queueArn, ofQueue] of Map.groupBy(failed, ({ eventSourceARN }) => eventSourceARN)) {
    const messages = ofQueue.map(({ receiptHandle, attributes }) => ({
      receiptHandle,
      seconds: pauseInSeconds(Number(attributes.ApproximateReceiveCount)),
    }));
    try {
      await queueOf(queueArn).hide(messages);
    } catch (error) {
      logger.warn('Messages come again after their visibility timeout', { error, queueArn });
    }
  }
}
