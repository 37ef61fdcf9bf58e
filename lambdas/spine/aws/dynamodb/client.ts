// The one DynamoDB client of a function; its endpoint, region and credentials come from the environment.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requestHandler } from '../request-handler.ts';

/** As many calls at once as a command needs that reads a hundred streams. */
const MAX_SOCKETS = 100;

export const dynamoDbClient = (): DynamoDBClient =>
  new DynamoDBClient({ requestHandler: requestHandler(5_000, MAX_SOCKETS) });
