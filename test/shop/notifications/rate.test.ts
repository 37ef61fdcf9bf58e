// A thousand orders' e-mails at once, SES's rate of a new account, and functions that Lambda ends at their time: two at a time
// take batches from a queue that hands out what it gets, and forgets what is acknowledged.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { batchSizes } from '../../../lambdas/spine/bindings/batch-sizes.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { notifier } from '../../../lambdas/spine/notifications/handler.ts';
import { steadyPace } from '../../../lambdas/spine/notifications/pace.ts';
import type { Mailer } from '../../../lambdas/spine/notifications/port.ts';
import { world } from './world.ts';

const ORDERS = 1_000;
const FUNCTIONS = 2;
const SES_PER_SECOND = 14;
const SES_ANSWERS_IN_MILLIS = 150;
const WRITE_IN_MILLIS = 6;
const TIMEOUT_IN_MILLIS = 30_000;
const MAX_RECEIVES = 5;
const HIDDEN_IN_MILLIS = 180_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00.000Z') }));
afterEach(() => void vi.useRealTimers());

const pass = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

interface Message {
  readonly messageId: string;
  readonly body: string;
  visibleAt: number;
  receives: number;
}

/** SES as its rate has it: what is one too many within a second is refused, and everything while it is down. */
function sesOf(downUntil: number) {
  const taken: number[] = [];
  const sent: string[] = [];
  const mailer: Mailer = {
    async send({ subject }) {
      await pass(SES_ANSWERS_IN_MILLIS);
      const detail = '';
      if (Date.now() < downUntil) return { kind: 'delayed', cause: 'outage', code: 'service_unavailable', detail };
      if (taken.filter((time) => time > Date.now() - 1_000).length >= SES_PER_SECOND) {
        return { kind: 'delayed', cause: 'rate', code: 'too_many_requests', detail };
      }
      taken.push(Date.now());
      sent.push(subject);
      return { kind: 'sent', messageId: subject };
    },
  };
  return { mailer, sent };
}

/** @param perSecond what the stage believes that it may send; SES does not change */
async function mailAll(perSecond: number, { orders = ORDERS, downForMillis = 0 } = {}) {
  const { order, store } = world();
  const hints: Hint[] = [];
  for (let number = 0; number < orders; number += 1) {
    hints.push((await order(['confirm'], { orderId: `o${number}` })).at(-1) as Hint);
  }
  const { messagesPerBatch, hintsPerMessage } = batchSizes(TIMEOUT_IN_MILLIS / 1_000, perSecond / FUNCTIONS);
  let queue: Message[] = [];
  let ids = 0;
  const send = (some: readonly Hint[], delayInSeconds: number) => {
    const visibleAt = Date.now() + delayInSeconds * 1_000;
    queue.push({ messageId: `m${ids++}`, body: encodeBundle(some.map((h) => encodeHint(h))), visibleAt, receives: 0 });
  };
  const handOn = async (some: readonly Hint[]) => {
    for (let at = 0; at < some.length; at += hintsPerMessage) send(some.slice(at, at + hintsPerMessage), 0);
  };
  await handOn(hints);
  const { mailer, sent } = sesOf(Date.now() + downForMillis);
  const dead: Message[] = [];
  let timeouts = 0;
  let isOver = false;

  const slowly = async <Result>(act: () => Promise<Result>) => {
    await pass(WRITE_IN_MILLIS);
    return act();
  };
  const runFunction = async () => {
    const ports = { wait: pass, random: Math.random, now: () => new Date() };
    const handler = notifier(orderNotifications, {
      signalAfter: (millis) => AbortSignal.timeout(millis),
      ...ports,
      store: { ...store, append: (commit) => slowly(() => store.append(commit)) },
      mailer,
      pace: steadyPace(perSecond / FUNCTIONS, ports),
      ownQueue: { handOn },
      later: { send: async (hint, delayInSeconds) => send([{ ...hint, events: [] }], delayInSeconds) },
      publish: () => {},
      newId: () => `id-${ids++}`,
    });
    while (!isOver) {
      const batch = queue.filter(({ visibleAt }) => visibleAt <= Date.now()).slice(0, messagesPerBatch);
      if (batch.length === 0) await pass(100);
      else await handle(batch, handler);
    }
  };
  const handle = async (batch: readonly Message[], handler: ReturnType<typeof notifier>) => {
    for (const message of batch) {
      message.visibleAt = Date.now() + HIDDEN_IN_MILLIS;
      message.receives += 1;
    }
    const endsAt = Date.now() + TIMEOUT_IN_MILLIS;
    const invocation = { remainingInMillis: () => endsAt - Date.now() };
    const timedOut = pass(TIMEOUT_IN_MILLIS).then(() => undefined);
    const response = await Promise.race([handler({ Records: batch as never[] }, invocation), timedOut]);
    if (response === undefined) timeouts += 1;
    const failed = response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    const isLeft = (message: Message) => !batch.includes(message) || (failed?.includes(message.messageId) ?? true);
    dead.push(...queue.filter((message) => isLeft(message) && message.receives >= MAX_RECEIVES));
    queue = queue.filter((message) => isLeft(message) && message.receives < MAX_RECEIVES);
  };

  const startedAt = Date.now();
  const running = Promise.all(Array.from({ length: FUNCTIONS }, runFunction));
  while (queue.length > 0 && Date.now() - startedAt < 7_200_000) await vi.advanceTimersByTimeAsync(1_000);
  const seconds = (Date.now() - startedAt) / 1_000;
  isOver = true;
  await vi.advanceTimersByTimeAsync(1_000);
  await running;
  return { orders, sent, dead, timeouts, left: queue.length, seconds };
}

const expectAllOnce = ({ orders, sent, dead, timeouts, left }: Awaited<ReturnType<typeof mailAll>>) => {
  expect({ sent: sent.length, different: new Set(sent).size, dead: dead.length, timeouts, left }).toEqual({
    ...{ sent: orders, different: orders, dead: 0, timeouts: 0, left: 0 },
  });
};

it(`mails all ${ORDERS} once at SES’s rate, in about the time that it takes`, async () => {
  const result = await mailAll(SES_PER_SECOND);
  expectAllOnce(result);
  expect(result.seconds).toBeLessThan((ORDERS / SES_PER_SECOND) * 1.5);
});

it('mails all once where SES allows less than the stage believes', async () => {
  const result = await mailAll(100);
  expectAllOnce(result);
  expect(result.seconds).toBeLessThan((ORDERS / SES_PER_SECOND) * 4);
});

it('mails all once when SES is down for the first hour', async () => {
  expectAllOnce(await mailAll(SES_PER_SECOND, { orders: 100, downForMillis: 3_600_000 }));
});
