import { type KinesisClient, KinesisServiceException, type PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { kinesisEventStream } from '../../../lambdas/spine/aws/kinesis/event-stream.ts';
import { laneOf } from '../../../lambdas/spine/aws/kinesis/lane.ts';
import { decodeBundle, type EncodedHint, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';

const hint = (stream: string, version: number, bytes = 0): EncodedHint =>
  encodeHint({
    stream,
    version,
    id: 'id',
    time: '2026-01-01T00:00:00.000Z',
    correlationId: 'c',
    causationId: 'x',
    events: [{ type: 'T', schemaVersion: '1.0.0', data: 'x'.repeat(bytes) }],
  });

/** A Kinesis whose shards refuse single records as they are told, and which keeps what it took, in order. */
function fakeKinesis(
  isRefused: (call: number, partitionKey: string) => boolean,
  check: (hints: readonly Hint[]) => void = () => {},
) {
  const taken: string[] = [];
  let calls = 0;
  const client = {
    send: async ({ input }: PutRecordsCommand) => {
      const call = calls++;
      check((input.Records ?? []).flatMap(({ Data }) => decodeBundle(Buffer.from(Data ?? []).toString())));
      const Records = (input.Records ?? []).map(({ PartitionKey = '', Data = new Uint8Array() }) => {
        if (isRefused(call, PartitionKey)) return { ErrorCode: 'ProvisionedThroughputExceededException' };
        for (const { stream, version } of decodeBundle(Buffer.from(Data).toString()))
          taken.push(`${stream}@${version}`);
        return { SequenceNumber: '1', ShardId: '0' };
      });
      return { Records };
    },
  } as unknown as KinesisClient;
  return { client, taken, calls: () => calls };
}

/** Two streams of different lanes. */
const [first, second] = ((): [string, string] => {
  const names = Array.from({ length: 20 }, (_, index) => `order-${index}`);
  const other = names.find((name) => laneOf(name, 2) !== laneOf('order-0', 2));
  return ['order-0', other ?? ''];
})();

it('puts as many hints as fit into one record a lane, and one call for all lanes', async () => {
  const kinesis = fakeKinesis(() => false);
  const hints = [hint(first, 1), hint(second, 1), hint(first, 2), hint(second, 2)];
  expect(await kinesisEventStream(kinesis.client, 's', 2).put(hints)).toMatchObject({ streams: new Set(), codes: [] });
  expect(kinesis.calls()).toBe(1);
  expect(kinesis.taken).toHaveLength(4);
});

it('sends what was refused again, alone, and never lets a later record of the lane overtake it', async () => {
  const kinesis = fakeKinesis((call, lane) => call < 2 && lane === String(laneOf(first, 2)));
  const hints = [hint(first, 1, 90_000), hint(second, 1), hint(first, 2, 90_000), hint(first, 3, 90_000)];
  expect(await kinesisEventStream(kinesis.client, 's', 2).put(hints)).toMatchObject({ streams: new Set(), codes: [] });
  expect(kinesis.taken.filter((id) => id.startsWith(`${first}@`))).toEqual(
    [1, 2, 3].map((version) => `${first}@${version}`),
  );
  expect(kinesis.taken.filter((id) => id.startsWith(`${second}@`))).toEqual([`${second}@1`]);
});

describe('a call that Kinesis refuses for its content', () => {
  const refusal = (name: string) =>
    new KinesisServiceException({ name, $fault: 'client', $metadata: { httpStatusCode: 400 } });

  /** Refuses a call as a whole as long as the stream's events are in it. */
  const pickyKinesis = (stream: string, name: string) =>
    fakeKinesis(
      () => false,
      (hints) => {
        if (hints.some((each) => each.stream === stream && each.events.length > 0)) throw refusal(name);
      },
    );

  it.each(['InvalidArgumentException', 'ValidationException'])(
    'as %s is taken apart: the hint at fault goes without its events, all others whole',
    async (name) => {
      const streams = Array.from({ length: 9 }, (_, index) => `order-${index}`);
      const kinesis = pickyKinesis('order-4', name);
      const result = await kinesisEventStream(kinesis.client, 's', 2).put(streams.map((stream) => hint(stream, 1)));
      expect(result).toMatchObject({ streams: new Set(), codes: [] });
      expect(kinesis.taken.toSorted()).toEqual(streams.map((stream) => `${stream}@1`));
    },
  );

  it('as AccessDeniedException is made once, and all of its streams are named', async () => {
    const kinesis = pickyKinesis(first, 'AccessDeniedException');
    const result = await kinesisEventStream(kinesis.client, 's', 2).put([hint(first, 1), hint(second, 1)]);
    expect(result).toMatchObject({ streams: new Set([first, second]), codes: ['AccessDeniedException'] });
    expect(kinesis.calls()).toBe(1);
  });
});

it('names the streams of a lane that stays refused, puts none of their later records, and serves the other lanes', async () => {
  const kinesis = fakeKinesis((_, lane) => lane === String(laneOf(first, 2)));
  const hints = [hint(first, 1, 90_000), hint(first, 2, 90_000), hint(first, 3, 90_000), hint(second, 1)];
  expect(await kinesisEventStream(kinesis.client, 's', 2).put(hints)).toMatchObject({
    streams: new Set([first]),
    codes: ['ProvisionedThroughputExceededException'],
  });
  expect(kinesis.taken).toEqual([`${second}@1`]);
});
