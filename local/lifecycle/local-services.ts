// The services of AWS that run on this machine, started and stopped together.
import { join } from 'node:path';
import type { ServiceFaults } from '../faults/service-faults.ts';
import { queueFront, sesFront } from '../faults/service-fronts.ts';
import type { Endpoints, Resource } from '../ports.ts';
import { type CloudFront, startCloudFront } from '../services/cloudfront/start.ts';
import { type DynamoDb, type Fill, startDynamoDb } from '../services/dynamodb/start.ts';
import { startHttpFront } from '../services/http-front.ts';
import { type Kinesis, startKinesis } from '../services/kinesis/start.ts';
import { type SecretsManager, startSecretsManager } from '../services/secrets/start.ts';
import { type SesWhenNeeded, sesWhenNeeded } from '../services/ses/when-needed.ts';
import { type Sqs, startSqs } from '../services/sqs/start.ts';
import { DelayedRetries } from '../status/delayed-retries.ts';

export interface LocalServices {
  readonly endpoints: Endpoints;
  readonly cloudfront: CloudFront;
  readonly dynamodb: DynamoDb;
  readonly kinesis: Kinesis;
  readonly secretsManager: SecretsManager;
  readonly ses: SesWhenNeeded;
  readonly sqs: Sqs;
  readonly retries: DelayedRetries;
  /** Where SQS itself listens, past the faults of its queues. */
  readonly soundSqs: string;
  /** Creates the tables, streams and queues that are not there yet. @param fill fills the tables before their change streams flow */
  create(resources: readonly Resource[], fill?: Fill): Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalServices(dataDirectory: string, faults: ServiceFaults): Promise<LocalServices> {
  const [cloudfront, dynamodb, kinesis, secretsManager, sqs] = await Promise.all([
    startCloudFront(),
    startDynamoDb(join(dataDirectory, 'dynamodb')),
    startKinesis(),
    startSecretsManager(join(dataDirectory, 'secrets')),
    startSqs(join(dataDirectory, 'sqs')),
  ]);
  const ses = sesWhenNeeded(join(dataDirectory, 'ses'));
  const retries = new DelayedRetries();
  const [messages, queues] = await Promise.all([
    startHttpFront(ses.endpoint, sesFront(faults)),
    startHttpFront(() => sqs.endpoint, {
      ...queueFront(faults),
      answered: ({ body }, { status }) => status === 200 && retries.note(body),
    }),
  ]);
  return {
    endpoints: {
      cloudfront: cloudfront.endpoint,
      dynamodb: dynamodb.endpoint,
      kinesis: kinesis.endpoint,
      secretsManager: secretsManager.endpoint,
      ses: messages.endpoint,
      sqs: queues.endpoint,
    },
    cloudfront,
    dynamodb,
    kinesis,
    secretsManager,
    ses,
    sqs: { ...sqs, endpoint: queues.endpoint },
    retries,
    soundSqs: sqs.endpoint,
    async create(resources, fill) {
      await Promise.all([
        dynamodb.createTables(resources, fill),
        kinesis.createStreams(resources),
        sqs.createQueues(resources),
      ]);
    },
    async stop() {
      await Promise.all([messages, queues].map((service) => service.stop()));
      await Promise.all([cloudfront, dynamodb, kinesis, secretsManager, ses, sqs].map((service) => service.stop()));
    },
  };
}
