// The library's decisions and its read model, without anything around them.
import { describe, expect, it } from 'vitest';
import { type LendBook, type LoanEvent, loanDecider } from '../../examples/library/loan.ts';
import { loans } from '../../examples/library/loans.ts';
import { loanNotices } from '../../examples/library/notices.ts';
import { given, project } from '../../lambdas/spine/testing/index.ts';

const data = { loanId: '7', readerId: 'ada', title: 'Middlemarch', dueAt: '2026-03-15T12:00:00.000Z' };
const lend: LendBook = { type: 'LendBook', ...data, now: '2026-03-01T12:00:00.000Z' };
const lent: LoanEvent = { type: 'BookLent', data };
const overdue: LoanEvent = { type: 'LoanOverdue', data: { dueAt: data.dueAt } };
const returned: LoanEvent = { type: 'BookReturned', data: {} };
const loan = given(loanDecider);

describe('a book', () => {
  it('is lent with the address of its reader kept apart, if there is one', () => {
    loan().when(lend).thenEvents(lent);
    const email = 'ada@readers.example';
    loan()
      .when({ ...lend, email })
      .thenEvents({ ...lent, personal: { email } });
  });

  it.each([
    ['2026-03-01T12:00:00.000Z', 'now'],
    ['2026-03-29T12:00:00.001Z', 'in more than 28 days'],
  ])('is not lent until %s, which is %s', (dueAt) => {
    loan()
      .when({ ...lend, dueAt })
      .thenRejected('due_date_out_of_range');
  });

  it('is lent for 28 days, and for a millisecond', () => {
    for (const dueAt of ['2026-03-29T12:00:00.000Z', '2026-03-01T12:00:00.001Z']) {
      loan()
        .when({ ...lend, dueAt })
        .thenEvents({ ...lent, data: { ...data, dueAt } });
    }
  });

  it('is lent once, and becomes overdue once, and not when it is back', () => {
    loan(lent).when(lend).thenNothing();
    loan(lent).when({ type: 'MarkOverdue' }).thenEvents(overdue);
    for (const events of [[], [lent, overdue], [lent, returned]]) {
      loan(...events)
        .when({ type: 'MarkOverdue' })
        .thenNothing();
    }
  });

  it('is returned by its reader or a librarian, in time or late, once', () => {
    for (const readerId of ['ada', undefined]) {
      const command = { type: 'ReturnBook', ...(readerId && { readerId }) } as const;
      loan(lent).when(command).thenEvents(returned);
      loan(lent, overdue).when(command).thenEvents(returned);
      loan(lent, overdue, returned).when(command).thenNothing();
    }
  });

  it('is nobody else’s to return', () => {
    for (const events of [[lent], [lent, returned]]) {
      loan(...events)
        .when({ type: 'ReturnBook', readerId: 'grace' })
        .thenRejected('not_found');
    }
    loan().when({ type: 'ReturnBook' }).thenRejected('not_found');
  });
});

it('shows what became of a loan, and never whose address it has', () => {
  const events = [{ ...lent, personal: { email: 'ada@readers.example' } }, overdue, returned];
  const statuses = [1, 2, 3].map((count) => project(loans, 'loan-7', events.slice(0, count))?.part);
  expect(statuses).toEqual(['lent', 'overdue', 'returned'].map((status) => ({ ...data, status })));
});

it('writes to nobody of a loan without an address', () => {
  const recorded = { ...lent, ...{ stream: 'loan-7', version: 1, time: lend.now, correlationId: 'c' } };
  expect(loanNotices.in([recorded as never]).to).toBeUndefined();
  expect(loanNotices.mayTell('BookReturned')).toBe(false);
});
