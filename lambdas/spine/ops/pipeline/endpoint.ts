import { callerEndpoint, type Endpoint } from '../../http/endpoint.ts';
import { listResponse } from '../../http/queries/list-response.ts';
import type { Authenticate } from '../../http/request/caller.ts';
import { NEVER_KEPT } from '../never-kept.ts';
import type { PipelinePorts } from './hops.ts';
import { getPipeline } from './operations.ts';

export const pipelineEndpoint = (ports: PipelinePorts, authenticate: Authenticate): Endpoint =>
  callerEndpoint(getPipeline, authenticate, async ({ headers }) => {
    const { hops, depthOf, now } = ports;
    const [depths, figures] = await Promise.all([
      Promise.all(hops.map(({ queueUrl }) => depthOf(queueUrl))),
      ports.figures?.(),
    ]);
    const shown = hops.map(({ name, kind }, index) => {
      const { pending = 0, deadLetters = 0 } = depths[index] ?? {};
      const { oldestSeconds = null, lag } = figures?.get(name) ?? {};
      // Where nothing waits there is nothing old, whatever was measured a minute ago.
      return { name, kind, pending, oldestSeconds: pending === 0 ? 0 : oldestSeconds, deadLetters, lag };
    });
    return listResponse({ hops: shown, time: now().toISOString() }, NEVER_KEPT, headers);
  });
