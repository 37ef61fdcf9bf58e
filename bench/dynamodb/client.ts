// A client of an endpoint that is not AWS.
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { requestHandler } from '../../lambdas/adapters/request-handler.ts';

const ANSWERED_WITHIN_MILLIS = 30_000;
const MAX_SOCKETS = 100;

/** One client for all systems: the SDK's `DynamoDB` is a `DynamoDBClient` too. */
export const clientOf = (endpoint: string): DynamoDB =>
  new DynamoDB({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: requestHandler(ANSWERED_WITHIN_MILLIS, MAX_SOCKETS),
  });
