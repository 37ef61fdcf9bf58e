// The services of AWS that run on this machine, started and stopped together.
import { join } from 'node:path';
import type { Endpoints, Resource } from '../ports.ts';
import { type DynamoDb, startDynamoDb } from '../services/dynamodb/start.ts';
import { type Kinesis, startKinesis } from '../services/kinesis/start.ts';
import { type Sqs, startSqs } from '../services/sqs/start.ts';

export interface LocalServices {
  readonly endpoints: Endpoints;
  readonly dynamodb: DynamoDb;
  readonly kinesis: Kinesis;
  readonly sqs: Sqs;
  /** Creates the tables, streams and queues that are not there yet. */
  create(resources: readonly Resource[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalServices(dataDirectory: string): Promise<LocalServices> {
  const [dynamodb, kinesis, sqs]: [DynamoDb, Kinesis, Sqs] = await Promise.all([
    startDynamoDb(join(dataDirectory, 'dynamodb')),
    startKinesis(),
    startSqs(join(dataDirectory, 'sqs')),
  ]);
  return {
    endpoints: { dynamodb: dynamodb.endpoint, kinesis: kinesis.endpoint, sqs: sqs.endpoint },
    dynamodb,
    kinesis,
    sqs,
    async create(resources) {
      await Promise.all([
        dynamodb.createTables(resources),
        kinesis.createStreams(resources),
        sqs.createQueues(resources),
      ]);
    },
    async stop() {
      await Promise.all([dynamodb.stop(), kinesis.stop(), sqs.stop()]);
    },
  };
}
