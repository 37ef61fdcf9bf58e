import type { KinesisStreamEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { type EncodedHint, encodeBundle, encodeHint } from '../../../lambdas/adapters/wire/bundle-codec.ts';
import { fanOut } from '../../../lambdas/functions/fan-out/handler.ts';
import type { Hint } from '../../../lambdas/kernel/bundle.ts';

const hint = (stream: string): Hint => ({
  stream,
  version: 1,
  id: 'id',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'x',
  events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
});

const event = (...bundles: (string[] | 'broken')[]): KinesisStreamEvent => ({
  Records: bundles.map((streams, index) => {
    const text = streams === 'broken' ? '{' : encodeBundle(streams.map((stream) => encodeHint(hint(stream))));
    return { kinesis: { sequenceNumber: String(index), data: Buffer.from(text).toString('base64') } } as never;
  }),
});

function subscriber(name: string, categories: string[], lost: string[] = []) {
  const sent: string[] = [];
  const queue = {
    send: async (hints: readonly EncodedHint[]) => {
      sent.push(...hints.map(({ stream }) => stream));
      return new Set(lost);
    },
  };
  return { name, categories, queue, sent };
}

it('sends to each subscriber the hints of its categories, in order', async () => {
  const orders = subscriber('orders', ['order']);
  const all = subscriber('all', ['order', 'product']);
  const result = await fanOut([orders, all])(event(['order-1', 'product-A'], ['order-2']));
  expect(result).toEqual({ batchItemFailures: [] });
  expect([orders.sent, all.sent]).toEqual([
    ['order-1', 'order-2'],
    ['order-1', 'product-A', 'order-2'],
  ]);
});

it('asks for everything again from the first record that a subscriber did not get', async () => {
  const result = await fanOut([subscriber('a', ['order']), subscriber('b', ['order'], ['order-2'])])(
    event(['order-1'], ['order-2'], ['order-3']),
  );
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});

it('sends what comes before a record that is no bundle, and reports that record', async () => {
  const orders = subscriber('orders', ['order']);
  const result = await fanOut([orders])(event(['order-1'], 'broken', ['order-3']));
  expect(orders.sent).toEqual(['order-1']);
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});
