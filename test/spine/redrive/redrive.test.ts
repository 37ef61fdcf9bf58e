import { expect, it } from 'vitest';
import type { ToRedrive } from '../../../lambdas/spine/kernel/pipeline/redrive.ts';
import { toRedriveIn } from '../../../lambdas/spine/ops/redrive/message.ts';
import { batch, bodyOf, names, world } from './world.ts';

it('tells the event stream of what the relay left: the newest commit, without its events', async () => {
  const { deliver, told, figures } = world();
  expect(await deliver({ m: await names(['order-1', 'product-A']) })).toEqual([]);
  expect(told).toEqual(['/order-1', '/product-A']);
  expect(figures).toEqual([{ redriven: 2, waiting: 0 }]);
});

it('tells a subscriber of what the fan-out left, and nobody else', async () => {
  const { deliver, told } = world();
  expect(
    await deliver({ m: await names(['order-1'], 'mail'), n: await names(['order-1', 'order-2'], 'mail') }),
  ).toEqual([]);
  expect(told).toEqual(['mail/order-1', 'mail/order-2']);
});

it('hides what it cannot pass on, each time for longer, up to a limit', async () => {
  const { deliver, hidden, figures } = world({ refused: ['mail/order-1'] });
  const message = { m: await names(['order-1'], 'mail') };
  for (const receives of [1, 2, 3, 9, 1000]) expect(await deliver(message, receives)).toEqual(['m']);
  expect(hidden.map(([, seconds]) => seconds)).toEqual([5, 10, 20, 1280, 1500]);
  expect(figures[0]).toEqual({ redriven: 0, waiting: 1 });
});

it('sends on only what is left of a message, so that nobody is told twice because of another', async () => {
  const { deliver, told, rest, hidden } = world({ refused: ['mail/order-2'], unreadable: ['order-3'] });
  expect(await deliver({ m: await names(['order-1', 'order-2', 'order-3'], 'mail') })).toEqual([]);
  expect(told).toEqual(['mail/order-1']);
  expect(rest).toEqual([{ kind: 'streams', subscriber: 'mail', streams: ['order-2', 'order-3'] }]);
  expect(hidden).toEqual([]);
});

it('has nothing to tell of a stream without commits', async () => {
  const { deliver, told } = world();
  expect(await deliver({ m: await names(['order-none']) })).toEqual([]);
  expect(told).toEqual([]);
});

it('finds the streams of a batch that Lambda gave up for the relay', async () => {
  const { deliver, told, rest, buried } = world({
    stored: [
      ['1', 'order-1'],
      ['2', 'order-2'],
      ['3', 'order-2'],
      ['4', 'order-4'],
    ],
  });
  expect(await deliver({ m: batch('DDBStreamBatchInfo', '2', '3') })).toEqual([]);
  expect(told).toEqual(['/order-2']);
  expect([...rest, ...buried]).toEqual([]);
});

it('finds the streams of a batch that Lambda gave up for the fan-out, for those who want them', async () => {
  const { deliver, told } = world({
    stored: [
      ['1', 'order-1', 'product-A'],
      ['2', 'order-2'],
    ],
  });
  expect(await deliver({ m: batch('KinesisBatchInfo', '1', '2') })).toEqual([]);
  expect(told).toEqual(['rows/order-1', 'rows/product-A', 'rows/order-2', 'mail/order-1', 'mail/order-2']);
});

it('keeps the names of what it found and could not pass on: the records will be gone', async () => {
  const { deliver, rest } = world({ stored: [['1', 'order-1']], refused: ['mail/order-1'] });
  expect(await deliver({ m: batch('KinesisBatchInfo', '1', '1') })).toEqual([]);
  expect(rest).toEqual([{ kind: 'streams', subscriber: 'mail', streams: ['order-1'] }]);
});

it('keeps the position of a record that it cannot read, and tells of the others', async () => {
  const { deliver, told, rest, hidden } = world({ stored: [['1', 'product-A'], ['2'], ['3', 'product-B']] });
  expect(await deliver({ m: batch('KinesisBatchInfo', '1', '3') })).toEqual([]);
  expect(told).toEqual(['rows/product-A', 'rows/product-B']);
  const [left] = rest;
  expect(rest).toEqual([
    { kind: 'records', source: 'event-stream', shardId: 'shard', first: '2', last: '2', streamArn: 'arn' },
  ]);
  expect(await deliver({ m: await bodyOf(left as ToRedrive) })).toEqual(['m']);
  expect(rest).toHaveLength(1);
  expect(hidden).toHaveLength(1);
});

it('puts aside what can never succeed: no redrive, no such subscriber, records that are gone', async () => {
  const { deliver, buried, told } = world({ stored: [['2', 'order-2']] });
  const messages = {
    a: 'x',
    b: '{"redrive":2}',
    c: await names(['order-1'], 'gone'),
    d: batch('DDBStreamBatchInfo', '1', '2'),
  };
  expect(await deliver(messages)).toEqual([]);
  expect(buried).toEqual(Object.values(messages));
  expect(told).toEqual(['/order-2']);
});

it('reads what the hops write', async () => {
  const position = { shardId: 's', first: '1', last: '2', streamArn: 'arn' };
  const all: ToRedrive[] = [
    { kind: 'streams', streams: ['order-1'] },
    { kind: 'streams', subscriber: 'mail', streams: ['order-\u{1F600}'] },
    { kind: 'records', source: 'change-stream', ...position },
    { kind: 'records', source: 'event-stream', ...position },
  ];
  for (const each of all) {
    const body = await bodyOf(each);
    expect(body).toMatch(/^[\x20-\x7e]+$/);
    expect(toRedriveIn(body)).toEqual(each);
  }
});
