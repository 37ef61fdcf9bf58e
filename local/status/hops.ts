// Counts what is on its way at each hop of the running host.
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ApiGateway } from '../gateway/api-gateway.ts';
import type { SourceMapping } from '../mappings/start.ts';
import type { FunctionHost, Resource } from '../ports.ts';
import { clientSettings } from '../services/client-settings.ts';
import type { DelayedRetries } from './delayed-retries.ts';
import type { Hops } from './idle.ts';
import { monitoredQueues, readQueueCounts } from './queue-counts.ts';

export interface HopSources {
  readonly resources: readonly Resource[];
  readonly api: Pick<ApiGateway, 'traffic'>;
  readonly functions: Pick<FunctionHost, 'stats'>;
  readonly mappings: readonly SourceMapping[];
  readonly retries: Pick<DelayedRetries, 'pending'>;
  /** Where SQS listens. */
  readonly sqs: string;
}

export function hopsOf({ resources, api, functions, mappings, retries, sqs }: HopSources): Hops {
  const client = new SQSClient(clientSettings(sqs));
  const queues = monitoredQueues(resources);
  const pending = (source: SourceMapping['source']): number =>
    mappings.filter((mapping) => mapping.source === source).reduce((sum, mapping) => sum + mapping.pending(), 0);
  return {
    requestsInFlight: () => api.traffic.inFlight,
    changeStreamPending: () => pending('dynamodb'),
    eventStreamPending: () => pending('kinesis'),
    queues: () => readQueueCounts(client, sqs, queues),
    retriesPending: () => retries.pending(),
    queueMappingsPending: () => pending('sqs'),
    generation: () => functions.stats().reduce((sum, { invocations }) => sum + invocations, api.traffic.received),
  };
}
