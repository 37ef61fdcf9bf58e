// The read model: a row a loan, found by its id, or through the index by its reader.
import type { PartFold, Projection } from '../../lambdas/spine/kernel/index.ts';
import { digest } from '../../lambdas/spine/kernel/keys/idempotency.ts';
import { type Loan, type LoanEvent, loanEvents } from './loan.ts';

export type LoanView = Loan & { readonly status: 'lent' | 'overdue' | 'returned' };

const fold: PartFold<LoanView, LoanEvent> = {
  codec: loanEvents,
  evolve(loan, event) {
    if (event.type === 'BookLent') return { ...event.data, status: 'lent' };
    if (!loan) throw new RangeError(`${event.type} before BookLent in ${event.stream}`);
    return { ...loan, status: event.type === 'LoanOverdue' ? 'overdue' : 'returned' };
  },
};

export const byReader = { name: 'by-reader', partitionKey: 'readerId', sortKey: 'due' } as const;

export const loans: Projection<LoanView> = {
  name: 'loans',
  folds: { loan: fold },
  generation: 1,
  indexes: [byReader],
  viewKey: (stream) => stream,
  indexKeys: ({ readerId, dueAt, loanId }) => ({ readerId, due: `${dueAt}#${loanId}` }),
  cacheTags: ({ stream, part }) => [stream, readerTag(part.readerId)],
};

/** A digest: cache tags are no place for ids of people. */
export const readerTag = (readerId: string): string => `reader-${digest(readerId)}`;
