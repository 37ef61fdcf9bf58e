import { queryFunction } from '../../../lambdas/spine/functions/query-function.ts';
import { ownListEndpoint, ownRowEndpoint } from '../../../lambdas/spine/http/queries/own-rows.ts';
import { streamOf } from '../../../lambdas/spine/kernel/index.ts';
import { api, getLoan, getReaderLoans } from '../api.ts';
import { byReader, type LoanView, loans, readerTag } from '../loans.ts';

export const handler = queryFunction(api, ({ modelOf, ...wiring }) => {
  const own = { ...wiring, model: modelOf(loans), ownerOf: ({ readerId }: LoanView) => readerId };
  const list = { index: byReader, as: 'loans', tagOf: readerTag };
  return [
    ownRowEndpoint(getLoan, ({ loanId }) => streamOf('loan', loanId), own),
    ownListEndpoint(getReaderLoans, ({ readerId }) => readerId, list, own),
  ];
});
