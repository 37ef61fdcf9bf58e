// The one DynamoDB client of a function; its endpoint, region and credentials come from the environment.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** As many calls at once as placing an order of the most lines needs. */
const MAX_SOCKETS = 100;

export const dynamoDbClient = (): DynamoDBClient =>
  new DynamoDBClient({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      httpsAgent: { maxSockets: MAX_SOCKETS },
      httpAgent: { maxSockets: MAX_SOCKETS },
    }),
  });
