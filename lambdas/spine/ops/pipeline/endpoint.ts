import { callerEndpoint, type Endpoint } from '../../http/endpoint.ts';
import { listResponse } from '../../http/queries/list-response.ts';
import type { Authenticate } from '../../http/request/caller.ts';
import { NEVER_KEPT } from '../never-kept.ts';
import type { PipelinePorts } from './hops.ts';
import { getPipeline } from './operations.ts';

export const pipelineEndpoint = (ports: PipelinePorts, authenticate: Authenticate): Endpoint =>
  callerEndpoint(getPipeline, authenticate, async ({ headers }) => {
    const { hops, depthOf, now } = ports;
    const [depths, lags] = await Promise.all([
      Promise.all(hops.map(({ queueUrl }) => depthOf(queueUrl))),
      ports.lags?.(),
    ]);
    const shown = hops.map(({ name, kind }, index) => ({ name, kind, ...depths[index], lag: lags?.get(name) }));
    return listResponse({ hops: shown, time: now().toISOString() }, NEVER_KEPT, headers);
  });
