import { describe, expect, it, vi } from 'vitest';
import { logger } from '../../../lambdas/spine/runtime/logger.ts';
import { lendingNotices, lent, librarianNotices, library, overdue, READER, returned } from './lending.ts';

describe('an event with a trigger', () => {
  it('is told in the words of its template to the recipient that the history names, and recorded', async () => {
    const { loan, deliver, mails, store } = library();
    expect(await deliver(await loan([lent(), overdue]))).toBe(true);
    expect(mails).toEqual([
      {
        to: READER,
        subject: 'Middlemarch is overdue',
        text: 'Middlemarch is overdue\n\nPlease bring Middlemarch back.\n\nDue on: 2026-03-01\n',
        html: expect.stringContaining('<p>Please bring Middlemarch back.</p>'),
      },
    ]);
    const about = { eventId: 'loan-1@2', kind: 'loan-overdue' };
    expect(store.commits('notification-1').flatMap(({ events }) => events)).toMatchObject([
      { type: 'EmailClaimed', data: about },
      { type: 'EmailSent', data: { ...about, messageId: 'm-1' } },
    ]);
  });

  it('is told once though it is delivered twice, late, and to three processes at once', async () => {
    const { loan, deliver, mails } = library();
    const hints = await loan([lent(), overdue, returned]);
    const shuffled = hints.toReversed();
    const together = await Promise.all([deliver(hints), deliver(shuffled), deliver(hints.slice(1))]);
    expect([...together, await deliver(hints)]).toEqual([true, true, true, true]);
    expect(mails).toHaveLength(1);
  });

  it('is told when only the hint of a later event came', async () => {
    const { loan, deliver, mails } = library();
    const hints = await loan([lent(), overdue, overdue]);
    await deliver(hints.slice(-1));
    expect(mails).toHaveLength(2);
  });

  it('is told by each declaration that has a register of its own', async () => {
    const { loan, deliver, mails, registered } = library();
    const hints = await loan([lent(), overdue]);
    await deliver(hints, librarianNotices);
    await deliver(hints, lendingNotices);
    await deliver(hints, librarianNotices);
    expect(mails.map(({ to }) => to)).toEqual(['desk@library.example', READER]);
    const sent = ['EmailClaimed', 'EmailSent'];
    expect([registered('chase-1'), registered('notification-1')]).toEqual([sent, sent]);
  });
});

describe('nobody is told', () => {
  it('of an event without a trigger, which costs no read', async () => {
    const { loan, deliver, mails, store } = library();
    const reads = vi.spyOn(store, 'readForward');
    expect(await deliver(await loan([lent(), returned]))).toBe(true);
    expect(reads).not.toHaveBeenCalled();
    expect(mails).toEqual([]);
  });

  it('while no address of the recipient is verified, so the event has none', async () => {
    const { loan, deliver, mails, registered, published } = library();
    expect(await deliver(await loan([lent('Middlemarch', ''), overdue]))).toBe(true);
    expect([mails, registered(), published]).toEqual([[], [], [{}]]);
  });

  it('of a stream that the declaration does not know how to tell of', async () => {
    const { loan, deliver, mails, registered } = library();
    expect(await deliver(await loan([overdue]))).toBe(true);
    expect([mails, registered()]).toEqual([[], []]);
  });

  it('of an event whose type newer code wrote, and its message comes again', async () => {
    const { loan, deliver, store, mails } = library();
    const [hint] = await loan([lent()]);
    const events = [{ type: 'LoanProlonged', schemaVersion: '1.0.0', data: {} }];
    const commit = { ...hint, version: 2, id: 'new', events } as never;
    await store.append(commit);
    expect(await deliver([commit])).toBe(false);
    expect(mails).toEqual([]);
  });
});

describe('a mail service', () => {
  it('that is down is asked again later, and keeps no other stream waiting', async () => {
    const { loan, deliver, answers, mails, waiting, registered, published } = library();
    const first = await loan([lent(), overdue], '1');
    const second = await loan([lent('Emma'), overdue], '2');
    answers.push({ kind: 'delayed', cause: 'outage', code: 'service_unavailable', detail: 'status 503' });
    expect(await deliver([...first, ...second])).toBe(true);
    expect(mails).toHaveLength(1);
    expect(waiting).toEqual([{ hint: first.at(-1), delayInSeconds: expect.any(Number) }]);
    expect(await deliver(waiting.map(({ hint }) => hint))).toBe(true);
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual(['Emma is overdue', 'Middlemarch is overdue']);
    expect(registered()).toEqual(['EmailClaimed', 'EmailReleased', 'EmailClaimed', 'EmailSent']);
    expect(published).toEqual([{ delayed: 1, sent: 1 }, { sent: 1 }]);
  });

  it('that refuses for good is not asked again', async () => {
    const { loan, deliver, answers, mails, registered, published } = library();
    const hints = await loan([lent(), overdue]);
    answers.push({ kind: 'refused', code: 'address_not_supported' });
    expect([await deliver(hints), await deliver(hints)]).toEqual([true, true]);
    expect([mails, registered(), published]).toEqual([[], ['EmailClaimed', 'EmailRefused'], [{ refused: 1 }, {}]]);
  });
});

it('keeps the recipient out of the register and of every log line', async () => {
  const lines = (['info', 'warn', 'error'] as const).map((level) => vi.spyOn(logger, level));
  const { loan, deliver, answers, store } = library();
  const hints = await loan([lent(), overdue]);
  answers.push({ kind: 'delayed', cause: 'operator', code: 'message_rejected', detail: 'status 400' });
  await deliver(hints);
  await deliver(hints);
  const logged = lines.flatMap((spy) => spy.mock.calls);
  expect(logged.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(store.commits('loan-1'))).toContain(READER);
  expect(JSON.stringify([logged, store.commits('notification-1')])).not.toContain(READER);
});
