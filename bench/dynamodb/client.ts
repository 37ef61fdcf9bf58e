// A client of an endpoint that is not AWS.
import { DynamoDB, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { requestHandler } from '../../lambdas/spine/aws/request-handler.ts';

const ANSWERED_WITHIN_MILLIS = 30_000;
const MAX_SOCKETS = 100;

export const clientConfig = (endpoint: string): DynamoDBClientConfig => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  requestHandler: requestHandler(ANSWERED_WITHIN_MILLIS, MAX_SOCKETS),
});

/** Of every kind that a system may ask for: the SDK's `DynamoDB` is a `DynamoDBClient` too. */
export const clientOf = (endpoint: string): DynamoDB => new DynamoDB(clientConfig(endpoint));
