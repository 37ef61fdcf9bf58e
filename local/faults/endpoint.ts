// What `POST /local/faults` takes and answers.
import * as z from 'zod';
import { jsonResponse } from '../../lambdas/spine/http/response.ts';
import { parseJsonBody } from '../gateway/json-body.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import type { SourceMapping } from '../mappings/start.ts';
import type { Resource } from '../ports.ts';
import { monitoredQueues } from '../status/queue-counts.ts';
import { type FaultTarget, functionFaultRequest } from './function-fault-request.ts';
import type { PlannedFaults } from './planned-faults.ts';
import { type FaultyQueue, serviceFaultRequest } from './service-fault-request.ts';
import type { ServiceFault, ServiceFaults } from './service-faults.ts';

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

/** The queues that `/local/status` names. */
export const faultyQueues = (resources: readonly Resource[]): readonly FaultyQueue[] =>
  monitoredQueues(resources).flatMap(({ name, queueName, deadLetterQueueName }) => {
    const inTemplate = queueName ?? deadLetterQueueName;
    return inTemplate === undefined ? [] : [{ name, queueName: inTemplate }];
  });

export interface FaultPlans {
  readonly functions: PlannedFaults;
  readonly services: ServiceFaults;
  readonly targets: readonly FaultTarget[];
  readonly queues: readonly FaultyQueue[];
  /** Names of the application's own services. */
  readonly ownServices?: readonly string[];
  /** Takes a line for the terminal about each fault of a service; faults of functions show in the functions' log. */
  say(line: string): void;
}

/** Only distinguishes the two kinds of fault. */
const anyFault = z.looseObject({ service: z.unknown().optional() });

export function faultEndpoint({ functions, services, targets, queues, ownServices, say }: FaultPlans): LocalEndpoints {
  const ofFunction = functionFaultRequest(targets);
  const ofService = serviceFaultRequest(queues, ownServices);
  const planFrom = (body: Buffer) => {
    if (parseJsonBody(anyFault, body).service === undefined) {
      const { functionName, faults, answer } = parseJsonBody(ofFunction, body);
      functions.plan(functionName, faults);
      return answer;
    }
    const { service, fault, seconds, answer } = parseJsonBody(ofService, body);
    services.set(service, fault, seconds);
    say(faultLine(service, fault, seconds));
    return answer;
  };
  return {
    'POST /local/faults': async ({ body }) => jsonResponse(200, planFrom(body), { 'cache-control': 'no-store' }),
  };
}

function faultLine(service: string, fault: ServiceFault, seconds: number): string {
  if (seconds === 0) return `Fault ended: ${service} is sound again`;
  const what = fault.mode === 'down' ? 'is down' : `takes ${fault.perSecond} requests a second`;
  return `Fault: ${service} ${what} for ${seconds} s`;
}
