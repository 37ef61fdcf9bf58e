// The redrive with destinations that take what a test lets them, and streams that still have what it says.
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { sqsRedriveQueue } from '../../../lambdas/spine/aws/sqs/redrive-queue.ts';
import { type EncodedHint, encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { RecordsToRedrive, ToRedrive } from '../../../lambdas/spine/kernel/pipeline/redrive.ts';
import { redrive } from '../../../lambdas/spine/ops/redrive/handler.ts';
import type { RedriveFigures } from '../../../lambdas/spine/ops/redrive/ports.ts';

const commit = (stream: string, version = 3): Commit => ({
  ...{ stream, version, id: 'id', time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'x' },
  events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
});

const subscriptions = [
  { name: 'rows', categories: ['order', 'product'] },
  { name: 'mail', categories: ['order'] },
];

/** A record of a stream: its number, and the streams in it; without streams it cannot be read. */
type Stored = readonly [sequenceNumber: string, ...streams: string[]];

interface Given {
  /** Streams that a destination does not take: `rows/order-1`, and of the event stream `/order-1`. */
  readonly refused?: readonly string[];
  readonly unreadable?: readonly string[];
  /** What the streams still have. */
  readonly stored?: readonly Stored[];
}

export function world({ refused = [], unreadable = [], stored = [] }: Given = {}) {
  const told: string[] = [];
  const rest: ToRedrive[] = [];
  const buried: string[] = [];
  const hidden: (readonly [string, number])[] = [];
  const figures: RedriveFigures[] = [];
  const destination =
    (name = '') =>
    async (hints: readonly EncodedHint[]) => {
      const isRefused = ({ stream }: EncodedHint) => refused.includes(`${name}/${stream}`);
      told.push(
        ...hints
          .filter((hint) => !isRefused(hint))
          .map(({ stream, isBare }) => `${name}/${stream}${isBare ? '' : ' with events'}`),
      );
      return {
        streams: new Set(hints.filter(isRefused).map(({ stream }) => stream)),
        codes: ['InternalError'],
        isOpen: false,
      };
    };
  const between = <Rec extends { readonly sequenceNumber: string }>(
    { first, last }: RecordsToRedrive,
    toRecord: (record: Stored) => Rec,
  ) => {
    const records = stored.filter(([number]) => first <= number && number <= last).map(toRecord);
    const isWhole = records[0]?.sequenceNumber === first && records.at(-1)?.sequenceNumber === last;
    return Promise.resolve({ records, isWhole });
  };
  const run = redrive({
    destinations: new Map([
      [undefined, destination()],
      ...subscriptions.map(({ name }) => [name, destination(name)] as const),
    ]),
    subscriptions,
    async newestCommit(stream) {
      if (unreadable.includes(stream)) throw new Error('no commit');
      return stream === 'order-none' ? undefined : commit(stream);
    },
    readChanges: (range) =>
      between(range, ([sequenceNumber, stream = '']) => ({ sequenceNumber, stream, isInsert: true })),
    readBundles: (range) =>
      between(range, ([sequenceNumber, ...streams]) => ({
        sequenceNumber,
        text: streams.length > 0 ? encodeBundle(streams.map((stream) => encodeHint({ ...commit(stream) }))) : '{',
      })),
    queueOf: () => ({
      rest: {
        async send(what) {
          rest.push(...what);
          return [];
        },
      },
      hide: async (messages) =>
        void hidden.push(...messages.map(({ receiptHandle, seconds }) => [receiptHandle, seconds] as const)),
      bury: async (body) => void buried.push(body),
    }),
    publish: (each) => figures.push(each),
  });
  const deliver = async (messages: Readonly<Record<string, string>>, receives = 1): Promise<string[]> => {
    const Records = Object.entries(messages).map(([messageId, body]) => ({
      ...{ messageId, body, receiptHandle: messageId, eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:q' },
      attributes: { ApproximateReceiveCount: String(receives) },
    }));
    const { batchItemFailures } = await run({ Records } as unknown as SQSEvent);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { deliver, told, rest, buried, hidden, figures };
}

/** As the hops write it. */
export async function bodyOf(what: ToRedrive): Promise<string> {
  const bodies: string[] = [];
  const send = async ({ input }: SendMessageBatchCommand) => {
    bodies.push(...(input.Entries ?? []).map(({ MessageBody = '' }) => MessageBody));
    return {};
  };
  await sqsRedriveQueue({ send } as unknown as SQSClient, 'url').send([what]);
  return bodies[0] ?? '';
}

export const names = (streams: string[], subscriber?: string): Promise<string> =>
  bodyOf({ kind: 'streams', streams, ...(subscriber && { subscriber }) });

/** As Lambda writes it of a batch that it gave up. */
export const batch = (info: 'DDBStreamBatchInfo' | 'KinesisBatchInfo', first: string, last: string): string =>
  JSON.stringify({
    requestContext: {
      requestId: 'r',
      functionArn: 'f',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 21,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-01-01T00:00:00.000Z',
    [info]: {
      shardId: 'shard',
      startSequenceNumber: first,
      endSequenceNumber: last,
      approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
      approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
      batchSize: 2,
      streamArn: 'arn',
    },
  });
