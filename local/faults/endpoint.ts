// What `POST /local/faults` takes and answers.
import * as z from 'zod';
import { jsonResponse } from '../../lambdas/runtime/http/response.ts';
import { parseJsonBody } from '../gateway/json-body.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import type { SourceMapping } from '../mappings/start.ts';
import { faultModes, type PlannedFaults } from './planned-faults.ts';

const mostTimes = 1000;
const timesRule = `must be a whole number from 1 to ${mostTimes}`;

export interface FaultTarget {
  /** What people know the function by. */
  readonly name: string;
  /** In the template. */
  readonly functionName: string;
  readonly getsBatches: boolean;
}

/** @param names what people know the functions by, by their names in the template */
export const faultTargets = (
  names: ReadonlyMap<string, string>,
  mappings: readonly Pick<SourceMapping, 'functionName'>[],
): readonly FaultTarget[] =>
  [...names].map(([functionName, name]) => ({
    name,
    functionName,
    getsBatches: mappings.some((mapping) => mapping.functionName === functionName),
  }));

export function faultEndpoint(faults: PlannedFaults, targets: readonly FaultTarget[]): LocalEndpoints {
  const request = faultRequest(targets);
  return {
    'POST /local/faults': async ({ body }) => {
      const { function: target, mode, times } = parseJsonBody(request, body);
      faults.plan(target.functionName, { mode, times });
      return jsonResponse(200, { function: target.name, mode, times }, { 'cache-control': 'no-store' });
    },
  };
}

function faultRequest(targets: readonly FaultTarget[]) {
  const known = targets.map(({ name }) => name).sort();
  const target = z.string().transform((name, context): FaultTarget => {
    const found = targets.find((candidate) => candidate.name === name);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `must be one of ${known.join(', ')}` });
    return z.NEVER;
  });
  return z
    .strictObject({
      function: target,
      mode: z.enum(faultModes, `must be one of ${faultModes.join(', ')}`),
      times: z.int(timesRule).min(1, timesRule).max(mostTimes, timesRule),
    })
    .superRefine(({ function: { name, getsBatches }, mode }, context) => {
      if (getsBatches || (mode !== 'shuffle' && mode !== 'drop')) return;
      const message = `must be throw, crash or duplicate for ${name}, which gets no batches to ${mode}`;
      context.addIssue({ code: 'custom', path: ['mode'], message });
    });
}
