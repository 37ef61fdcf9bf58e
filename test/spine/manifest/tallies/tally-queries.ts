import { publicEndpoint } from '../../../../lambdas/spine/http/endpoint.ts';
import { notFound } from '../../../../lambdas/spine/http/problem.ts';
import type { Queries } from '../../../../lambdas/spine/http/queries/queries.ts';
import { rowOf } from '../../../../lambdas/spine/http/queries/read-model.ts';
import { jsonResponse } from '../../../../lambdas/spine/http/response.ts';
import { getTally } from './operations.ts';
import { tallies } from './tally.ts';

export const tallyQueries: Queries = ({ modelOf }) => [
  publicEndpoint(getTally, async ({ path: { tallyId }, query }) => {
    const row = await rowOf(modelOf(tallies), `tally-${tallyId}`, query.consistentWith);
    if (row === undefined) throw notFound(`There is no tally ${tallyId}.`);
    return jsonResponse(200, { ...row.part, version: row.version });
  }),
];
