// What readers see: a loan, and their list of loans.
import { ownListEndpoint, ownRowEndpoint } from '../../lambdas/spine/http/queries/own-rows.ts';
import type { Queries } from '../../lambdas/spine/http/queries/queries.ts';
import { streamOf } from '../../lambdas/spine/kernel/index.ts';
import { byReader, type LoanView, loans, readerTag } from './loans.ts';
import { getLoan, getReaderLoans } from './operations.ts';

export const queries: Queries = ({ modelOf, ...wiring }) => {
  const own = { ...wiring, model: modelOf(loans), ownerOf: ({ readerId }: LoanView) => readerId };
  const list = { index: byReader, as: 'loans', tagOf: readerTag };
  return [
    ownRowEndpoint(getLoan, ({ loanId }) => streamOf('loan', loanId), own),
    ownListEndpoint(getReaderLoans, ({ readerId }) => readerId, list, own),
  ];
};
