// A message of the redrive: what it asks for, and what is left of it in the end.
import type { SQSRecord } from 'aws-lambda';
import type { StreamsToRedrive, ToRedrive } from '../../kernel/pipeline/redrive.ts';
import { logger } from '../../runtime/logger.ts';
import { locate } from './locate.ts';
import { MalformedRedriveError, toRedriveIn } from './message.ts';
import type { RedrivePorts } from './ports.ts';

export interface Task {
  readonly record: SQSRecord;
  readonly parts: readonly ToRedrive[];
  /** Whether the message already names exactly these parts. If all of them are left, it can come again as it is. */
  readonly isAsAsked: boolean;
}

export const isNamed = (what: ToRedrive): what is StreamsToRedrive => what.kind === 'streams';

/** @returns `undefined` for a message that can never succeed, and is put aside */
export async function taskOf(record: SQSRecord, ports: RedrivePorts): Promise<Task | undefined> {
  const what = readable(record);
  const own = ports.queueOf(record.eventSourceARN);
  if (what === undefined || (isNamed(what) && !ports.destinations.has(what.subscriber))) {
    logger.error('A message asks for nothing that can be redriven', { messageId: record.messageId });
    await own.bury(record.body);
    return undefined;
  }
  if (isNamed(what)) return { record, parts: [what], isAsAsked: true };
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

/**
 * Whether nothing is left of the message, or what is left has gone on in another.
 * @param leftOf which of the streams could not be passed on
 */
export async function isDone(
  { record, parts, isAsAsked }: Task,
  leftOf: (one: StreamsToRedrive) => readonly string[],
  { queueOf }: RedrivePorts,
): Promise<boolean> {
  const left = parts.flatMap((part): ToRedrive[] => {
    if (!isNamed(part)) return [part];
    const streams = leftOf(part);
    return streams.length > 0 ? [{ ...part, streams }] : [];
  });
  if (left.length === 0) return true;
  if (isAsAsked && sizeOf(left) === sizeOf(parts)) return false;
  return (await queueOf(record.eventSourceARN).rest.send(left)).length === 0;
}

const sizeOf = (parts: readonly ToRedrive[]): number =>
  parts.reduce((sum, part) => sum + (isNamed(part) ? part.streams.length : 1), 0);
