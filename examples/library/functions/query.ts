import { queryFunction } from '../../../lambdas/spine/functions/query-function.ts';
import { keptIf } from '../../../lambdas/spine/http/caching/caching.ts';
import { callerEndpoint } from '../../../lambdas/spine/http/endpoint.ts';
import { notFound } from '../../../lambdas/spine/http/problem.ts';
import { pageOfIndex } from '../../../lambdas/spine/http/queries/index-page.ts';
import { listResponse } from '../../../lambdas/spine/http/queries/list-response.ts';
import { checkReached, rowOf } from '../../../lambdas/spine/http/queries/read-model.ts';
import type { Caller } from '../../../lambdas/spine/http/request/caller.ts';
import { conditionalResponse, versionEtag } from '../../../lambdas/spine/http/response.ts';
import { streamOf } from '../../../lambdas/spine/kernel/index.ts';
import { api, getLoan, getReaderLoans } from '../api.ts';
import { byReader, loans, readerTag } from '../loans.ts';

const maySee = (caller: Caller, readerId: string): boolean => caller.isStaff || caller.customerId === readerId;

export const handler = queryFunction(api, ({ modelOf, authenticate, caching }) => {
  const model = modelOf(loans);
  return [
    callerEndpoint(getLoan, authenticate, async ({ path, query, caller, headers }) => {
      const row = await rowOf(model, streamOf('loan', path.loanId), query.consistentWith);
      if (!row || !maySee(caller, row.part.readerId)) throw notFound('There is no such loan that you may see.');
      checkReached(row, query.consistentWith);
      const kept = caching.current(caller, [...loans.cacheTags(row), loans.name]);
      return conditionalResponse(
        { ...row.part, version: row.version },
        versionEtag(row),
        kept,
        headers['if-none-match'],
      );
    }),
    callerEndpoint(getReaderLoans, authenticate, async ({ path, query, caller, headers }) => {
      const readerId = path.readerId === 'me' ? caller.customerId : path.readerId;
      if (!maySee(caller, readerId)) throw notFound('There is no such reader that you may see.');
      const { rows, isWhole, ...next } = await pageOfIndex(model, { index: byReader, partition: readerId }, query);
      const kept = keptIf(isWhole, caching.current(caller, [readerTag(readerId), loans.name]));
      const shown = rows.map(({ part, version }) => ({ ...part, version }));
      return listResponse({ loans: shown, ...next }, kept, headers['if-none-match']);
    }),
  ];
});
