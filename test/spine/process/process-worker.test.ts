// What a second process gets for nothing: its timers, its watch, what was lost, and commands with their cause.
import { expect, it } from 'vitest';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { type LoanEvent, reminder } from './reminder.ts';
import { world } from './world.ts';

const DUE_AT = '2026-01-01T01:00:00.000Z';
const lent: LoanEvent = { type: 'Lent', data: { dueAt: DUE_AT } };

it('is watched from its start, and has a timer for the instant that it waits for', async () => {
  const { timers, happened, deliver } = world(reminder);
  expect(await deliver(await happened(lent))).toBe(0);
  expect(timers).toEqual([
    { processId: '7', dueAt: '2026-01-01T02:00:00.000Z', correlationId: 'c', watch: true },
    { processId: '7', dueAt: DUE_AT, correlationId: 'c' },
  ]);
});

it('sends its command when its time has come, with the event that led to it as the cause, and once', async () => {
  const { at, happened, deliver, ring, typesOf, causesOf } = world(reminder);
  await deliver(await happened(lent));
  at(DUE_AT);
  await ring({ dueAt: DUE_AT });
  await ring({ dueAt: DUE_AT });
  expect(typesOf('loan-7')).toEqual(['Lent', 'Reminded']);
  expect(causesOf('loan-7')).toEqual(['x', 'reminder-7@2']);
  expect(causesOf('reminder-7')).toEqual(['loan-7@1', 'reminder-7@1', 'loan-7@2']);
});

it('sends a timer on that came back on its way', async () => {
  const { timers, ring, typesOf } = world(reminder);
  await ring({ dueAt: DUE_AT });
  expect(timers).toEqual([{ processId: '7', dueAt: DUE_AT, correlationId: 'c' }]);
  expect(typesOf('reminder-7')).toEqual([]);
});

it.each(['2026-01-01T02:00:00+01:00', '2026-01-01T01:00:00Z'])(
  'waits for the instant of %s no longer than that',
  async (dueAt) => {
    const { at, happened, deliver, timers, ring } = world(reminder);
    await deliver(await happened({ type: 'Lent', data: { dueAt } }));
    const [, timer] = timers;
    at('2026-01-01T01:00:00.500Z');
    await ring(timer ?? {});
    expect(timers).toHaveLength(2);
  },
);

it('goes on with one watch when that was delivered twice', async () => {
  const { happened, deliver, timers } = world(reminder);
  await deliver(await happened(lent));
  const body = JSON.stringify({ timer: timers[0] });
  await deliver(body, body);
  expect(timers.slice(2)).toEqual([timers[0]]);
});

it('hears at its watch what got lost', async () => {
  const { happened, ring, typesOf, timers } = world(reminder);
  await happened(lent);
  const watch = { processId: '7', correlationId: 'c', dueAt: '2026-01-01T02:00:00.000Z', watch: true } as const;
  await ring(watch);
  expect(typesOf('reminder-7')).toEqual(['Started']);
  expect(timers.at(-1)).toEqual(watch);
});

it('starts with what it starts from, whatever it heard first', async () => {
  const { happened, deliver, typesOf } = world(reminder);
  await happened(lent);
  await deliver(await happened({ type: 'Returned', data: {} }, 2));
  expect(typesOf('reminder-7')).toEqual(['Started', 'Ended']);
});

it('waits an outage out by a timer, and leaves it to an operator after twice its lifetime', async () => {
  const { at, happened, deliver, ring, setDown, timers, longWaits } = world(reminder);
  const body = await happened(lent);
  setDown(true);
  expect(await deliver(body)).toBe(0);
  const [retry] = timers.slice(-1);
  expect(retry).toMatchObject({ processId: '7', retry: { attempt: 1, since: '2026-01-01T00:00:00.000Z' } });
  at('2026-01-01T04:00:00.000Z');
  expect(await ring(retry ?? {})).toBe(1);
  expect(longWaits()).toBe(1);
});

it('is told at once of an event that cannot be read, and of a category that newer code hears it waits', async () => {
  const { deliver, timers } = world(reminder);
  const hint = { version: 1, id: 'i', time: '', correlationId: 'c', causationId: 'c' };
  const unreadable = {
    ...hint,
    stream: 'loan-8',
    events: [{ type: 'Lent', schemaVersion: '1.0.0', data: { dueAt: 5 } }],
  };
  expect(await deliver(encodeBundle([encodeHint(unreadable)]))).toBe(1);
  const unheard = { ...hint, stream: 'fine-9', events: [{ type: 'Fined', schemaVersion: '1.0.0', data: {} }] };
  expect(await deliver(encodeBundle([encodeHint(unheard)]))).toBe(0);
  expect(timers).toMatchObject([{ processId: '9', retry: { attempt: 1 } }]);
});
