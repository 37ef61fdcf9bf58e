// What `GET /local/status` answers.
import { jsonResponse } from '../../lambdas/spine/http/response.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import type { FunctionStats } from '../ports.ts';
import { type Hops, isIdle } from './idle.ts';

/** @param functions the statistics, under the names that people know the functions by */
export const statusEndpoint = (hops: Hops, functions: () => readonly FunctionStats[]): LocalEndpoints => ({
  'GET /local/status': async () => {
    const idle = await isIdle(hops);
    const body = {
      idle,
      relay: { pending: hops.changeStreamPending() },
      stream: { pending: hops.eventStreamPending() },
      queues: await hops.queues(),
      functions: functions(),
    };
    return jsonResponse(200, body, { 'cache-control': 'no-store' });
  },
});
