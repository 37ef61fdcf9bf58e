// A process that waits for the instant that a stream sets, and then sends it a command.
import { describe, expect, it } from 'vitest';
import { deadlineProcess } from '../../../lambdas/spine/process/deadline.ts';
import { given } from '../../../lambdas/spine/testing/given.ts';
import { type LoanEvent, loanDecider } from './reminder.ts';
import { world } from './world.ts';

const reminder = deadlineProcess({
  category: 'deadline',
  decider: loanDecider,
  deadlineAfter(event) {
    if (event.type === 'Lent') return event.data.dueAt;
    return event.type === 'Returned' ? 'lifted' : undefined;
  },
  command: { type: 'Remind' },
  longestWaitInSeconds: 7_200,
});

const DUE_AT = '2026-01-01T01:00:00.000Z';
const LATER = '2026-01-01T02:00:00.000Z';
const lent = (dueAt = DUE_AT): LoanEvent => ({ type: 'Lent', data: { dueAt } });
const returned: LoanEvent = { type: 'Returned', data: {} };

describe('a deadline', () => {
  it('has a timer, and is watched for a day longer than the longest wait', async () => {
    const { timers, happened, deliver } = world(reminder);
    await deliver(await happened(lent()));
    expect(timers.map(({ dueAt }) => dueAt)).toEqual(['2026-01-02T02:00:00.000Z', DUE_AT]);
  });

  it('sends its command once when it has passed, however often its timer rings', async () => {
    const { at, happened, deliver, ring, typesOf, causesOf } = world(reminder);
    await deliver(await happened(lent()));
    await ring({ dueAt: DUE_AT });
    expect(typesOf('deadline-7')).toEqual(['DeadlineSet']);
    at(DUE_AT);
    expect(await ring({ dueAt: DUE_AT })).toBe(0);
    expect(await ring({ dueAt: DUE_AT })).toBe(0);
    expect(typesOf('loan-7')).toEqual(['Lent', 'Reminded']);
    expect(causesOf('loan-7')[1]).toBe('deadline-7@2');
    expect(typesOf('deadline-7')).toEqual(['DeadlineSet', 'DeadlinePassed', 'CommandSent']);
  });

  it.each(['2026-01-01T02:00:00+01:00', '2026-01-01T01:00:00Z'])(
    'is the instant that is meant, as in %s',
    async (dueAt) => {
      const { at, happened, deliver, ring, timers, typesOf } = world(reminder);
      await deliver(await happened(lent(dueAt)));
      const [, timer] = timers;
      at('2026-01-01T01:00:00.500Z');
      await ring(timer ?? {});
      expect(typesOf('loan-7')).toEqual(['Lent', 'Reminded']);
    },
  );

  it('that is no time is told at once', async () => {
    const { happened, deliver } = world(reminder);
    expect(await deliver(await happened(lent('on Monday')))).toBe(1);
  });

  it('is lifted by an event, and then nothing is sent', async () => {
    const { at, happened, deliver, ring, typesOf } = world(reminder);
    await deliver(await happened(lent()));
    await deliver(await happened(returned, 2));
    at(LATER);
    await ring({ dueAt: DUE_AT });
    expect(typesOf('loan-7')).toEqual(['Lent', 'Returned']);
    expect(typesOf('deadline-7')).toEqual(['DeadlineSet', 'DeadlineLifted']);
  });

  it('is moved by a later event, and not back by the earlier one that comes again', async () => {
    const { at, happened, deliver, ring, timers, typesOf } = world(reminder);
    const earlier = await happened(lent());
    await deliver(earlier);
    await deliver(await happened(lent(LATER), 2));
    await deliver(earlier);
    expect(timers.at(-1)?.dueAt).toBe(LATER);
    at(DUE_AT);
    await ring({ dueAt: DUE_AT });
    expect(typesOf('loan-7')).toEqual(['Lent', 'Lent']);
    at(LATER);
    await ring({ dueAt: LATER });
    expect(typesOf('loan-7')).toEqual(['Lent', 'Lent', 'Reminded']);
  });

  it('that was lifted before it was heard of is not waited for', async () => {
    const { at, happened, deliver, typesOf } = world(reminder);
    const first = await happened(lent());
    await deliver(await happened(returned, 2));
    await deliver(first);
    at(LATER);
    await deliver(first);
    expect(typesOf('deadline-7')).toEqual(['DeadlineSet', 'DeadlineLifted']);
    expect(typesOf('loan-7')).toEqual(['Lent', 'Returned']);
  });
});

it('waits no more for what is said of it when its command is sent', () => {
  const deadline = given(reminder.manager.decider);
  const passed = [
    { type: 'DeadlineSet', data: { dueAt: DUE_AT, version: 1 } },
    { type: 'DeadlinePassed', data: {} },
  ] as const;
  deadline(...passed)
    .when({ type: 'Set', version: 1, dueAt: DUE_AT })
    .thenNothing();
  deadline(...passed)
    .when({ type: 'Sent' })
    .thenEvents({ type: 'CommandSent', data: {} });
  deadline(...passed, { type: 'CommandSent', data: {} })
    .when({ type: 'Sent' })
    .thenNothing();
  deadline().when({ type: 'Lifted', version: 2 }).thenNothing();
});
