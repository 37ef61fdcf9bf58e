// The services of AWS that run on this machine, started and stopped together.
import { join } from 'node:path';
import type { Endpoints, Resource } from '../ports.ts';
import { type CloudFront, startCloudFront } from '../services/cloudfront/start.ts';
import { type DynamoDb, startDynamoDb } from '../services/dynamodb/start.ts';
import { type Kinesis, startKinesis } from '../services/kinesis/start.ts';
import { type SecretsManager, startSecretsManager } from '../services/secrets/start.ts';
import { type Ses, startSes } from '../services/ses/start.ts';
import { type Sqs, startSqs } from '../services/sqs/start.ts';

export interface LocalServices {
  readonly endpoints: Endpoints;
  readonly cloudfront: CloudFront;
  readonly dynamodb: DynamoDb;
  readonly kinesis: Kinesis;
  readonly secretsManager: SecretsManager;
  readonly ses: Ses;
  readonly sqs: Sqs;
  /** Creates the tables, streams and queues that are not there yet. */
  create(resources: readonly Resource[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalServices(dataDirectory: string): Promise<LocalServices> {
  const [cloudfront, dynamodb, kinesis, secretsManager, ses, sqs] = await Promise.all([
    startCloudFront(),
    startDynamoDb(join(dataDirectory, 'dynamodb')),
    startKinesis(),
    startSecretsManager(join(dataDirectory, 'secrets')),
    startSes(join(dataDirectory, 'ses')),
    startSqs(join(dataDirectory, 'sqs')),
  ]);
  return {
    endpoints: {
      cloudfront: cloudfront.endpoint,
      dynamodb: dynamodb.endpoint,
      kinesis: kinesis.endpoint,
      secretsManager: secretsManager.endpoint,
      ses: ses.endpoint,
      sqs: sqs.endpoint,
    },
    cloudfront,
    dynamodb,
    kinesis,
    secretsManager,
    ses,
    sqs,
    async create(resources) {
      await Promise.all([
        dynamodb.createTables(resources),
        kinesis.createStreams(resources),
        sqs.createQueues(resources),
      ]);
    },
    async stop() {
      await Promise.all([cloudfront, dynamodb, kinesis, secretsManager, ses, sqs].map((service) => service.stop()));
    },
  };
}
