// Starts the template's event source mappings.
import { setTimeout as delay } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionHost, Mapping, Resource } from '../ports.ts';
import { clientSettings } from '../services/client-settings.ts';
import type { DynamoDb } from '../services/dynamodb/start.ts';
import type { Kinesis } from '../services/kinesis/start.ts';
import type { Sqs } from '../services/sqs/start.ts';
import { changeStreamMapping } from './change-stream-mapping.ts';
import { eventStreamMapping } from './event-stream-mapping.ts';
import type { FailureDestination } from './failure-destination.ts';
import { queueSettings, streamSettings } from './mapping-settings.ts';
import { QueueMapping } from './queue-mapping.ts';

export interface MappingSources {
  readonly dynamodb: DynamoDb;
  readonly kinesis: Kinesis;
  readonly sqs: Sqs;
}

export interface SourceMapping extends Mapping {
  readonly source: 'dynamodb' | 'kinesis' | 'sqs';
  readonly sourceArn: string;
  readonly functionName: string;
}

const stopLimitInMillis = 2000;

/**
 * Starts the mappings among the resources, and lets the tables' change streams flow to them.
 * @param warn called when records are given up, and when a source cannot be reached
 * @throws Error that names the resource, for a setting or a source that is not known here
 */
export async function startMappings(
  resources: readonly Resource[],
  functions: FunctionHost,
  sources: MappingSources,
  warn: (message: string) => void,
): Promise<readonly SourceMapping[]> {
  const mappings: SourceMapping[] = [];
  const client = new SQSClient(clientSettings(sources.sqs.endpoint));
  const destination: FailureDestination = { client, endpoint: sources.sqs.endpoint, warn };
  for (const resource of resources)
    if (resource.type === 'AWS::Lambda::EventSourceMapping' && resource.properties['Enabled'] !== false)
      mappings.push(await startMapping(resource, functions, sources, destination));
  sources.dynamodb.changes.flow();
  return mappings;
}

async function startMapping(
  resource: Resource,
  functions: FunctionHost,
  { dynamodb, kinesis, sqs }: MappingSources,
  destination: FailureDestination,
): Promise<SourceMapping> {
  const service = String(resource.properties['EventSourceArn']).split(':')[2];
  switch (service) {
    case 'dynamodb': {
      const settings = streamSettings(resource);
      return sourceMapping(service, settings, changeStreamMapping(settings, functions, dynamodb, destination));
    }
    case 'kinesis': {
      const settings = streamSettings(resource);
      return sourceMapping(service, settings, await eventStreamMapping(settings, functions, kinesis, destination));
    }
    case 'sqs': {
      const settings = queueSettings(resource);
      return sourceMapping(service, settings, new QueueMapping(settings, functions, sqs.endpoint, destination.warn));
    }
    default:
      throw new Error(
        `${resource.stack}/${resource.path}: an event source must be DynamoDB, Kinesis or SQS, not ${service}`,
      );
  }
}

const sourceMapping = (
  source: SourceMapping['source'],
  { sourceArn, functionName }: Pick<SourceMapping, 'sourceArn' | 'functionName'>,
  mapping: Mapping,
): SourceMapping => ({
  source,
  sourceArn,
  functionName,
  pending: () => mapping.pending(),
  stop: async () => {
    const limit = new AbortController();
    await Promise.race([mapping.stop(), delay(stopLimitInMillis, undefined, { signal: limit.signal })]);
    limit.abort();
  },
});
