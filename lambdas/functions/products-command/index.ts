import { ulid } from 'ulid';
import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { EVENT_TABLE, ORIGIN_SECRET } from '../../bindings/environment.ts';
import { optional, required } from '../../runtime/environment.ts';
import { httpHandler } from '../../runtime/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../runtime/token-settings.ts';
import { productEndpoints } from './handler.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));

export const handler = httpHandler(
  productEndpoints({ ...executionPorts(store), newId: ulid }, authenticatorFromEnvironment()),
  optional(ORIGIN_SECRET),
);
