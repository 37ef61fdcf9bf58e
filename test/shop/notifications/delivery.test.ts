import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import {
  OLDEST_MAILED_IN_MILLIS,
  OLDEST_RETRIED_IN_MILLIS,
} from '../../../lambdas/spine/notifications/notify-recipient.ts';
import { CLAIM_IN_MILLIS } from '../../../lambdas/spine/notifications/register.ts';
import { LONGEST_WAIT_IN_MILLIS } from '../../../lambdas/spine/notifications/send-claimed.ts';
import { logger } from '../../../lambdas/spine/runtime/logger.ts';
import { ADDRESS, delayed, world } from './world.ts';

const CONFIRMED = 'Your order o is confirmed';
const SHIPPED = 'Your order o is on its way';

/** The hint of the commit that the steps of an order ended with. */
const last = (hints: readonly Hint[]): Hint => hints.at(-1) as Hint;

afterEach(() => vi.restoreAllMocks());

describe('an event that is delivered', () => {
  it('is mailed to the address of the order’s first event, and recorded with what it follows from', async () => {
    const { deliver, order, mails, register } = world();
    const hint = last(await order(['confirm']));
    expect(await deliver({ m1: [hint] })).toEqual([]);
    expect(mails).toEqual([expect.objectContaining({ to: ADDRESS, subject: CONFIRMED })]);
    const about = { eventId: 'order-o@2', kind: 'order-confirmed' };
    const { correlationId } = hint;
    expect(register()).toMatchObject([
      {
        ...{ time: '2026-03-01T12:00:00.000Z', correlationId, causationId: 'order-o@2' },
        events: [{ type: 'EmailClaimed', data: { ...about, until: '2026-03-01T12:00:08.000Z' } }],
      },
      {
        ...{ time: '2026-03-01T12:00:00.000Z', correlationId, causationId: 'order-o@2' },
        events: [{ type: 'EmailSent', data: { ...about, messageId: 'ses-1' } }],
      },
    ]);
  });

  it('is mailed when its hint came without its events', async () => {
    const { deliver, order, subjects } = world();
    const hint = last(await order(['confirm']));
    expect(await deliver({ m1: [{ ...hint, events: [] }] })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED]);
  });

  it('costs no read when it is not one that is mailed', async () => {
    const { deliver, order, store, mails } = world();
    const [placed, , , delivered] = (await order(['confirm', 'ship', 'deliver'])) as [Hint, Hint, Hint, Hint];
    const reads = vi.spyOn(store, 'readForward');
    expect(await deliver({ m1: [placed, delivered] })).toEqual([]);
    expect(reads).not.toHaveBeenCalled();
    expect(mails).toEqual([]);
  });

  it('is not passed over when this code does not know its type', async () => {
    const { deliver, order, store } = world();
    const hint = last(await order(['confirm']));
    const events = [{ type: 'OrderGiftWrapped', schemaVersion: '1.0.0', data: {} }];
    await store.append({ ...hint, id: 'new', version: 3, events });
    expect(await deliver({ m1: [{ ...hint, version: 3, events }] })).toEqual(['m1']);
  });

  it('is not mailed when it is more than a day old, and nothing is written', async () => {
    const { deliver, order, pass, mails, register } = world();
    const hints = await order(['confirm', 'ship']);
    pass(OLDEST_MAILED_IN_MILLIS + 1);
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(mails).toEqual([]);
    expect(register()).toEqual([]);
  });

  it('is counted when nobody tried in time to mail it, and not when it was mailed then', async () => {
    const { deliver, order, pass, published } = world();
    const late = await order(['confirm', 'ship'], { orderId: 'late' });
    const mailed = await order(['confirm'], { orderId: 'mailed' });
    await deliver({ m1: mailed });
    pass(OLDEST_MAILED_IN_MILLIS + 1);
    await deliver({ redriven: late, repeated: mailed });
    expect(published).toEqual([{ sent: 1 }, { expired: 2 }]);
  });

  it('is still mailed when it is a day old', async () => {
    const { deliver, order, pass, subjects } = world();
    const hints = await order(['confirm']);
    pass(OLDEST_MAILED_IN_MILLIS);
    await deliver({ m1: hints });
    expect(subjects()).toEqual([CONFIRMED]);
  });

  it('is passed over when the order has no address', async () => {
    const { deliver, order, mails, register } = world();
    expect(await deliver({ m1: await order(['confirm'], { hasAddress: false }) })).toEqual([]);
    expect(mails).toEqual([]);
    expect(register()).toEqual([]);
  });
});

describe('events delivered more than once', () => {
  it('are mailed once each, in the order that they happened, however shuffled they come', async () => {
    const { deliver, order, subjects } = world();
    const [placed, confirmed, shipped] = (await order(['confirm', 'ship'])) as [Hint, Hint, Hint];
    await deliver({ m1: [shipped, placed], m2: [confirmed, shipped] });
    await deliver({ m3: [confirmed] });
    await deliver({ m4: [placed, shipped, confirmed] });
    expect(subjects()).toEqual([CONFIRMED, SHIPPED]);
  });

  it('are mailed once each when three processes have them at once, and none goes back to the queue', async () => {
    const { deliver, order, subjects } = world();
    const [placed, confirmed, shipped] = (await order(['confirm', 'ship'])) as [Hint, Hint, Hint];
    const orders = [
      [shipped, confirmed, placed],
      [confirmed, placed, shipped],
      [placed, shipped, confirmed],
    ];
    const failed = await Promise.all(orders.map((hints, index) => deliver({ [`m${index}`]: hints })));
    expect(failed.flat()).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED, SHIPPED]);
  });

  it('are all mailed when the hint of the first was lost', async () => {
    const { deliver, order, subjects } = world();
    await deliver({ m1: [last(await order(['confirm', 'ship']))] });
    expect(subjects()).toEqual([CONFIRMED, SHIPPED]);
  });
});

describe('a process that dies', () => {
  it.each([
    { after: 'the claim', writes: 1, copies: 1 },
    { after: 'the send, before its record: the one window in which a mail is sent again,', writes: 2, copies: 2 },
    { after: 'the record', writes: 3, copies: 1 },
  ])('after $after leaves mail that is sent $copies time(s) in all', async ({ writes, copies }) => {
    const { deliver, order, pass, subjects } = world();
    const hints = await order(['confirm']);
    expect(await deliver({ m1: hints }, writes)).toEqual(['m1']);
    pass(CLAIM_IN_MILLIS);
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(subjects()).toEqual(Array(copies).fill(CONFIRMED));
  });

  it('keeps its claim until the claim runs out: who meets it comes again when it has', async () => {
    const { deliver, order, pass, subjects, waiting } = world();
    const hints = await order(['confirm']);
    await deliver({ m1: hints }, 1);
    pass(CLAIM_IN_MILLIS - 1);
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(waiting).toEqual([{ hint: last(hints), delayInSeconds: CLAIM_IN_MILLIS / 1_000 }]);
    expect(subjects()).toEqual([]);
    pass(1);
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED]);
  });
});

it.each([
  ['in time', CLAIM_IN_MILLIS / 2, 0],
  ['when its claim has run out', CLAIM_IN_MILLIS, 1],
  ['when its claim is about to run out', CLAIM_IN_MILLIS - 1, 1],
])('a process that is frozen after its claim and thaws %s lets one e-mail go out', async (_, duration, comesAgain) => {
  const { deliver, order, pass, interludes, subjects, waiting } = world();
  const hints = await order(['confirm']);
  interludes.push(async () => {
    pass(duration);
    if (duration === CLAIM_IN_MILLIS) await deliver({ meanwhile: hints });
  });
  expect(await deliver({ m1: hints })).toEqual([]);
  expect(waiting).toHaveLength(comesAgain);
  pass(CLAIM_IN_MILLIS);
  await deliver({ again: hints });
  expect(subjects()).toEqual([CONFIRMED]);
});

describe('an e-mail whose turn does not come in time', () => {
  it('comes again soon, and nobody has claimed it', async () => {
    const { deliver, order, turns, waiting, subjects, registered } = world();
    const hints = await order(['confirm', 'ship']);
    turns.left = 1;
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED]);
    expect(waiting).toEqual([{ hint: last(hints), delayInSeconds: 2 }]);
    expect(registered()).toEqual(['EmailClaimed', 'EmailSent']);
  });

  it('is given up early enough for a send to end before the function does', async () => {
    const { newProcess, order, turns } = world();
    const body = encodeBundle((await order(['confirm'])).map((hint) => encodeHint(hint)));
    await newProcess()({ Records: [{ messageId: 'm', body } as never] }, { remainingInMillis: () => 30_000 });
    expect(turns.asked).toEqual([new Date('2026-03-01T12:00:23.500Z')]);
  });
});

describe('a mail service', () => {
  it.each([
    ['is down', 'outage', 'delayed'],
    ['takes nothing until an operator acts', 'operator', 'blocked'],
  ] as const)('that %s is asked again later, and later mail waits for its turn', async (_, cause, fate) => {
    const { deliver, order, answers, subjects, registered, waiting, published } = world();
    const hints = await order(['confirm', 'ship']);
    answers.push(delayed(cause));
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(subjects()).toEqual([]);
    expect(waiting).toEqual([{ hint: last(hints), delayInSeconds: expect.any(Number) }]);
    expect(await deliver({ later: [last(hints)] })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED, SHIPPED]);
    // The third notes that the later mail was due.
    const tries = ['EmailClaimed', 'EmailReleased', 'EmailClaimed', 'EmailClaimed', 'EmailSent'];
    expect(registered().slice(0, 5)).toEqual(tries);
    expect(published).toEqual([{ [fate]: 1 }, { sent: 2 }]);
  });

  it('that throttles is asked again within the same claim', async () => {
    const { deliver, order, answers, subjects, registered, waiting } = world();
    answers.push(delayed('rate'), delayed('rate'));
    expect(await deliver({ m1: await order(['confirm']) })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED]);
    expect([registered(), waiting]).toEqual([['EmailClaimed', 'EmailSent'], []]);
  });

  it('that is down for hours is asked at growing intervals, and no delivery is used up', async () => {
    const { deliver, order, answers, pass, waiting, subjects } = world();
    const hints = await order(['confirm']);
    let hours = 0;
    for (let tries = 0; hours < 8; tries += 1) {
      answers.push(delayed('outage'));
      expect(await deliver({ [`m${tries}`]: hints })).toEqual([]);
      const { delayInSeconds = 0 } = waiting.at(-1) ?? {};
      pass(delayInSeconds * 1_000);
      hours += delayInSeconds / 3_600;
    }
    const pauses = waiting.map(({ delayInSeconds }) => delayInSeconds);
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect([pauses[0], pauses.at(-1)]).toEqual([2, 900]);
    expect(pauses.length).toBeLessThan(60);
    await deliver({ last: hints });
    expect(subjects()).toEqual([CONFIRMED]);
  });

  it('that has not taken a mail for two days gets it from the dead letters, for as long as they are kept', async () => {
    const { deliver, order, answers, pass, waiting, subjects } = world();
    const hints = await order(['confirm']);
    answers.push(delayed('operator'), delayed('operator'));
    await deliver({ m1: hints });
    pass(LONGEST_WAIT_IN_MILLIS);
    expect(await deliver({ m1: hints })).toEqual(['m1']);
    expect(waiting).toHaveLength(1);
    pass(OLDEST_RETRIED_IN_MILLIS - LONGEST_WAIT_IN_MILLIS);
    expect(await deliver({ redriven: hints })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED]);
  });

  it('that did not take a mail in time is not asked again after the dead letters’ time', async () => {
    const { deliver, order, answers, pass, subjects } = world();
    const hints = await order(['confirm']);
    answers.push(delayed('operator'));
    await deliver({ m1: hints });
    pass(OLDEST_RETRIED_IN_MILLIS + 1);
    expect(await deliver({ redriven: hints })).toEqual([]);
    expect(subjects()).toEqual([]);
  });

  it('that did not take an order’s first mail in time gets those behind it too, however late', async () => {
    const { deliver, order, answers, pass, subjects } = world();
    const hints = await order(['confirm', 'ship']);
    answers.push(delayed('operator'));
    await deliver({ m1: hints });
    pass(OLDEST_MAILED_IN_MILLIS + 1);
    expect(await deliver({ m2: hints })).toEqual([]);
    expect(subjects()).toEqual([CONFIRMED, SHIPPED]);
  });

  it('gets mail that an earlier version of the register knows, and none that this one calls refused', async () => {
    const { deliver, order, pass, store, subjects } = world();
    const hints = await order(['confirm', 'ship']);
    const about = (version: number) => ({
      eventId: `order-o@${version}`,
      kind: version === 2 ? 'order-confirmed' : 'order-shipped',
    });
    const [confirmed, shipped] = [about(2), about(3)];
    const until = '2026-03-01T12:00:08.000Z';
    const { time, correlationId } = last(hints);
    const written = [
      { type: 'EmailClaimed', data: { ...confirmed, until } },
      { type: 'EmailRefused', data: { ...confirmed, reasonCode: 'message_rejected' } },
      { type: 'EmailClaimed', data: { ...shipped, until } },
      { type: 'EmailReleased', data: shipped },
    ].map((event) => ({ ...event, schemaVersion: '1.0.0' }));
    const provenance = { time, correlationId, causationId: 'order-o@3' };
    await store.append({ ...provenance, stream: 'notification-o', version: 1, id: 'old', events: written });
    pass(3 * OLDEST_MAILED_IN_MILLIS);
    expect(await deliver({ redriven: hints })).toEqual([]);
    expect(subjects()).toEqual([SHIPPED]);
  });

  it('that keeps one order’s mail waiting takes another’s', async () => {
    const { deliver, order, answers, mails, waiting } = world();
    const first = await order(['confirm'], { orderId: 'first' });
    const second = await order(['confirm'], { orderId: 'second' });
    answers.push(delayed('operator'));
    expect(await deliver({ m1: [...first, ...second] })).toEqual([]);
    expect(mails).toHaveLength(1);
    expect(waiting).toHaveLength(1);
  });

  it('that refuses is not asked again; the reason is recorded and later mail is sent', async () => {
    const { deliver, order, answers, subjects, register } = world();
    const hints = await order(['confirm', 'ship']);
    answers.push({ kind: 'refused', code: 'bad_request' });
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(await deliver({ m1: hints })).toEqual([]);
    expect(subjects()).toEqual([SHIPPED]);
    const data = { eventId: 'order-o@2', kind: 'order-confirmed', reasonCode: 'bad_request' };
    expect(register()[1]?.events).toEqual([{ type: 'EmailRefused', schemaVersion: '1.0.0', data }]);
  });

  it('that fails for one order fails only the messages about it', async () => {
    const { deliver, order, answers, mails } = world();
    const first = await order(['confirm'], { orderId: 'first' });
    const second = await order(['confirm'], { orderId: 'second' });
    answers.push(new Error('a defect'));
    expect(await deliver({ m1: first, m2: second })).toHaveLength(1);
    expect(mails).toHaveLength(1);
  });
});

it('returns a message that is no bundle, and handles the others', async () => {
  const { newProcess } = world();
  const Records = [
    { messageId: 'm1', body: 'no bundle' } as never,
    { messageId: 'm2', body: '{"v":1,"h":[]}' } as never,
  ];
  expect(await newProcess()({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
});

it('keeps the address out of the register and of every log line', async () => {
  const lines = (['info', 'warn', 'error'] as const).map((level) => vi.spyOn(logger, level));
  const { deliver, order, answers, pass, store, register } = world();
  const hints = await order(['confirm', 'ship']);
  answers.push(new Error('a defect'), delayed('operator'), { kind: 'refused', code: 'bad_request' });
  await deliver({ m1: hints });
  await deliver({ m1: hints });
  await deliver({ m1: hints });
  await deliver({ m1: hints }, 0);
  pass(OLDEST_MAILED_IN_MILLIS * 2);
  await deliver({ m1: hints });
  const logged = lines.flatMap((spy) => spy.mock.calls);
  expect(logged.length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(store.commits('order-o'))).toContain(ADDRESS);
  expect(JSON.stringify([logged, register()])).not.toContain(ADDRESS);
});
