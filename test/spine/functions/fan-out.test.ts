import type { KinesisStreamEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import {
  decodeBundle,
  type EncodedHint,
  encodeBundle,
  encodeHint,
} from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { fanOut } from '../../../lambdas/spine/functions/fan-out/handler.ts';
import type { Subscriber } from '../../../lambdas/spine/functions/fan-out/sender.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import type { ToRedrive } from '../../../lambdas/spine/kernel/pipeline/redrive.ts';

const hint = (stream: string): Hint => ({
  stream,
  version: 1,
  id: 'id',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'x',
  events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
});

const STREAM_ARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/events';

const record = (bundle: readonly Hint[] | 'broken', index: number) => {
  const text = bundle === 'broken' ? '{' : encodeBundle(bundle.map(encodeHint));
  return {
    eventID: `shardId-000000000006:${index}`,
    eventSourceARN: STREAM_ARN,
    kinesis: { sequenceNumber: String(index), data: Buffer.from(text).toString('base64') },
  } as never;
};

const event = (...bundles: (string[] | 'broken')[]): KinesisStreamEvent => ({
  Records: bundles.map((streams, index) => record(streams === 'broken' ? streams : streams.map(hint), index)),
});

function subscriber(
  name: string,
  categories: string[],
  { lost = [], readsPersonal = false, isOpen = false }: Given = {},
) {
  const sent: EncodedHint[] = [];
  let calls = 0;
  const queue = {
    send: async (hints: readonly EncodedHint[]) => {
      calls += 1;
      sent.push(...hints);
      const streams = hints.map(({ stream }) => stream).filter((stream) => lost.includes(stream));
      return { streams: new Set(streams), codes: ['AccessDenied'], isOpen };
    },
  };
  return {
    name,
    categories,
    queue,
    readsPersonal,
    calls: () => calls,
    streams: () => sent.map(({ stream }) => stream),
    sent,
  };
}

interface Given {
  readonly lost?: string[];
  readonly readsPersonal?: boolean;
  /** What is lost is so for its content. */
  readonly isOpen?: boolean;
}

/** A redrive queue that keeps what it takes, and does not take what it is told not to. */
function world(subscribers: readonly Subscriber[], refused: readonly ToRedrive[] = []) {
  const left: ToRedrive[] = [];
  const clock = { millis: 0 };
  const send = async (what: readonly ToRedrive[]) => {
    left.push(...what);
    return refused;
  };
  const run = fanOut({ subscribers, redrive: { send }, now: () => new Date(clock.millis) });
  return { left, clock, run };
}

it('sends to each subscriber the hints of its categories, in order', async () => {
  const orders = subscriber('orders', ['order']);
  const all = subscriber('all', ['order', 'product']);
  const { run, left } = world([orders, all]);
  expect(await run(event(['order-1', 'product-A'], ['order-2']))).toEqual({ batchItemFailures: [] });
  expect([orders.streams(), all.streams()]).toEqual([
    ['order-1', 'order-2'],
    ['order-1', 'product-A', 'order-2'],
  ]);
  expect(left).toEqual([]);
});

it('leaves what a queue does not take to the redrive, for that subscriber alone, and tells the others once', async () => {
  const [healthy, broken] = [subscriber('healthy', ['order']), subscriber('broken', ['order'], { lost: ['order-2'] })];
  const { run, left } = world([healthy, broken]);
  expect(await run(event(['order-1'], ['order-2'], ['order-3']))).toEqual({ batchItemFailures: [] });
  expect(left).toEqual([{ kind: 'streams', subscriber: 'broken', streams: ['order-2'] }]);
  expect(healthy.streams()).toEqual(['order-1', 'order-2', 'order-3']);
});

it('asks for everything again from the first record of which not even the redrive has taken all', async () => {
  const broken = subscriber('broken', ['order'], { lost: ['order-1', 'order-2'] });
  const { run } = world([broken], [{ kind: 'streams', subscriber: 'broken', streams: ['order-2'] }]);
  const result = await run(event(['order-1'], ['order-2'], ['order-3']));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});

it('leaves a record that is no bundle to the redrive, by its position, and sends what comes after it', async () => {
  const orders = subscriber('orders', ['order']);
  const { run, left } = world([orders]);
  expect(await run(event(['order-1'], 'broken', ['order-3']))).toEqual({ batchItemFailures: [] });
  expect(orders.streams()).toEqual(['order-1', 'order-3']);
  const position = { shardId: 'shardId-000000000006', first: '1', last: '1', streamArn: STREAM_ARN };
  expect(left).toEqual([{ kind: 'records', source: 'event-stream', ...position }]);
});

it('asks again for a record that is no bundle when the redrive does not take its position', async () => {
  const position = { shardId: 'shardId-000000000006', first: '1', last: '1', streamArn: STREAM_ARN };
  const { run } = world([], [{ kind: 'records', source: 'event-stream', ...position }]);
  expect(await run(event(['order-1'], 'broken'))).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});

it('leaves a queue that took nothing alone for a while, so that what follows does not wait for it', async () => {
  const broken = subscriber('broken', ['order'], { lost: ['order-1', 'order-2'] });
  const { run, left, clock } = world([broken]);
  await run(event(['order-1']));
  await run(event(['order-2']));
  expect(broken.calls()).toBe(1);
  expect(left.flatMap((each) => (each.kind === 'streams' ? each.streams : []))).toEqual(['order-1', 'order-2']);
  clock.millis += 60_000;
  await run(event(['order-3']));
  expect(broken.calls()).toBe(2);
});

it('goes on with a queue that took nothing because of what it was sent', async () => {
  const picky = subscriber('picky', ['order'], { lost: ['order-1'], isOpen: true });
  const { run } = world([picky]);
  await run(event(['order-1']));
  await run(event(['order-2']));
  expect(picky.streams()).toEqual(['order-1', 'order-2']);
});

it('sends what identifies a person only to who asks for it', async () => {
  const personal = { email: 'ada@customers.example' };
  const [event0] = hint('order-1').events;
  const told = { ...hint('order-1'), events: event0 ? [{ ...event0, personal }] : [] };
  const [asks, doesNot] = [subscriber('mail', ['order'], { readsPersonal: true }), subscriber('rows', ['order'])];
  await world([asks, doesNot]).run({ Records: [record([told], 0)] });
  const eventsSentTo = ({ sent }: { sent: readonly EncodedHint[] }) => decodeBundle(encodeBundle(sent))[0]?.events;
  expect(eventsSentTo(asks)).toEqual(told.events);
  expect(eventsSentTo(doesNot)).toEqual(hint('order-1').events);
  expect(doesNot.sent[0]?.text).not.toContain('ada@');
});

/** Records of 500 hints each, as a backlog has them. */
const backlogOf = (records: number): KinesisStreamEvent =>
  event(
    ...Array.from({ length: records }, (_, record) => Array.from({ length: 500 }, (__, n) => `order-${record}-${n}`)),
  );

it('works through a backlog in parts, so that its memory and its time are those of one part', async () => {
  const orders = subscriber('orders', ['order']);
  const { run } = world([orders]);
  expect(await run(backlogOf(90))).toEqual({ batchItemFailures: [] });
  expect(orders.calls()).toBe(3);
  expect(orders.streams()).toHaveLength(45_000);
  expect([orders.streams()[0], orders.streams().at(-1)]).toEqual(['order-0-0', 'order-89-499']);
});

it('goes no further than the part of which something is lost, and has it again from there', async () => {
  const orders = subscriber('orders', ['order'], { lost: ['order-3-7'] });
  const { run } = world([orders], [{ kind: 'streams', subscriber: 'orders', streams: ['order-3-7'] }]);
  expect(await run(backlogOf(90))).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
  expect(orders.calls()).toBe(1);
});
