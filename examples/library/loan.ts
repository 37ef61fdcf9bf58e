// A loan: one book that one reader has. Who scans a book has it in hand, so no loan has to know of another.
import * as z from 'zod';
import { accept, type Decider, type EventOf, eventCodec, reject } from '../../lambdas/spine/kernel/index.ts';

const instant = z.iso.datetime({ precision: 3 });
const lent = z.strictObject({ loanId: z.string(), readerId: z.string(), title: z.string(), dueAt: instant });

const definitions = {
  BookLent: { schemaVersion: '1.0.0', data: lent, personal: z.strictObject({ email: z.string() }) },
  LoanOverdue: { schemaVersion: '1.0.0', data: z.strictObject({ dueAt: instant }) },
  BookReturned: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;

export type Loan = z.infer<typeof lent>;
export type LoanEvent = EventOf<typeof definitions>;
export const loanEvents = eventCodec(definitions);

const stateSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('none') }),
  z.object({ stage: z.enum(['lent', 'overdue', 'returned']), readerId: z.string(), dueAt: z.string() }),
]);

/** With an address that is known to be the reader's own. */
export type LendBook = Loan & { readonly type: 'LendBook'; readonly now: string; readonly email?: string | undefined };

/** A book is returned by its reader, or without one named by a librarian. */
export type LoanCommand =
  | LendBook
  | { readonly type: 'MarkOverdue' }
  | { readonly type: 'ReturnBook'; readonly readerId?: string };

export const LONGEST_LOAN_IN_DAYS = 28;

export const loanDecider: Decider<LoanCommand, LoanEvent, z.infer<typeof stateSchema>> = {
  category: 'loan',
  codec: loanEvents,
  generation: 1,
  stateSchema,
  initialState: { stage: 'none' },
  evolve(state, event) {
    if (event.type === 'BookLent') return { stage: 'lent', readerId: event.data.readerId, dueAt: event.data.dueAt };
    if (state.stage === 'none') throw new RangeError(`${event.type} before BookLent`);
    return { ...state, stage: event.type === 'LoanOverdue' ? 'overdue' : 'returned' };
  },
  decide(command, state) {
    switch (command.type) {
      case 'LendBook':
        return state.stage === 'none' ? lend(command) : accept();
      case 'MarkOverdue':
        return state.stage === 'lent' ? accept({ type: 'LoanOverdue', data: { dueAt: state.dueAt } }) : accept();
      case 'ReturnBook':
        if (state.stage === 'none' || (command.readerId ?? state.readerId) !== state.readerId) {
          return reject('missing', 'not_found', 'There is no such loan that you may see.');
        }
        return state.stage === 'returned' ? accept() : accept({ type: 'BookReturned', data: {} });
      default:
        return command satisfies never;
    }
  },
};

function lend({ type: _, now, email, ...data }: LendBook) {
  const days = (Date.parse(data.dueAt) - Date.parse(now)) / 86_400_000;
  if (days <= 0 || days > LONGEST_LOAN_IN_DAYS) {
    return reject('rule', 'due_date_out_of_range', `A book is lent for at most ${LONGEST_LOAN_IN_DAYS} days.`);
  }
  return accept<LoanEvent>({ type: 'BookLent', data, ...(email !== undefined && { personal: { email } }) });
}
