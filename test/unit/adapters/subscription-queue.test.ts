import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { sqsSubscriptionQueue } from '../../../lambdas/adapters/sqs/subscription-queue.ts';
import { decodeBundle, type EncodedHint, encodeHint } from '../../../lambdas/adapters/wire/bundle-codec.ts';

const hint = (stream: string, bytes = 0): EncodedHint =>
  encodeHint({
    stream,
    version: 1,
    id: 'id',
    time: '2026-01-01T00:00:00.000Z',
    correlationId: 'c',
    causationId: 'x',
    events: [{ type: 'T', schemaVersion: '1.0.0', data: 'x'.repeat(bytes) }],
  });

function fakeSqs(isRefused: (call: number, streams: string[]) => boolean) {
  const calls: string[][][] = [];
  const client = {
    send: async ({ input }: SendMessageBatchCommand) => {
      const messages = (input.Entries ?? []).map(({ Id, MessageBody = '' }) => ({
        Id,
        streams: decodeBundle(MessageBody).map(({ stream }) => stream),
      }));
      const call = calls.push(messages.map(({ streams }) => streams)) - 1;
      return { Failed: messages.filter(({ streams }) => isRefused(call, streams)).map(({ Id }) => ({ Id })) };
    },
  } as unknown as SQSClient;
  return { client, calls };
}

it('puts the hints of a batch into one message', async () => {
  const sqs = fakeSqs(() => false);
  await sqsSubscriptionQueue(sqs.client, 'url', 100).send([hint('order-1'), hint('order-2')]);
  expect(sqs.calls).toEqual([[['order-1', 'order-2']]]);
});

it('puts no more hints into a message than its subscriber has time for', async () => {
  const sqs = fakeSqs(() => false);
  const hints = ['order-1', 'order-2', 'order-3'].map((stream) => hint(stream));
  await sqsSubscriptionQueue(sqs.client, 'url', 2).send(hints);
  expect(sqs.calls).toEqual([[['order-1', 'order-2'], ['order-3']]]);
});

it('keeps a call within 256 KiB and ten messages', async () => {
  const sqs = fakeSqs(() => false);
  const hints = Array.from({ length: 25 }, (_, index) => hint(`order-${index}`, 60_000));
  await sqsSubscriptionQueue(sqs.client, 'url', 100).send(hints);
  expect(sqs.calls.flat(2)).toHaveLength(25);
  for (const call of sqs.calls) expect(call.flat().length * 60_000).toBeLessThan(256 * 1024);
});

it('sends refused messages again, alone', async () => {
  const sqs = fakeSqs((call, streams) => call === 0 && streams.includes('order-2'));
  const lost = await sqsSubscriptionQueue(sqs.client, 'url', 100).send([
    hint('order-1', 80_000),
    hint('order-2', 80_000),
  ]);
  expect(lost).toEqual(new Set());
  expect(sqs.calls).toEqual([[['order-1'], ['order-2']], [['order-2']]]);
});

it('names the streams whose messages stay refused', async () => {
  const sqs = fakeSqs((_, streams) => streams.includes('order-2'));
  const lost = await sqsSubscriptionQueue(sqs.client, 'url', 100).send([
    hint('order-1', 80_000),
    hint('order-2', 80_000),
  ]);
  expect(lost).toEqual(new Set(['order-2']));
});
