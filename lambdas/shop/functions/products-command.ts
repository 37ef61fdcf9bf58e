import { ulid } from 'ulid';
import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { executionPorts } from '../../spine/aws/execution.ts';
import { EVENT_TABLE, ORIGIN_SECRET } from '../../spine/bindings/environment.ts';
import { httpHandler } from '../../spine/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../spine/http/request/token-settings.ts';
import { optional, required } from '../../spine/runtime/environment.ts';
import { productEndpoints } from '../products/command-handler.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));

export const handler = httpHandler(
  productEndpoints({ ...executionPorts(store), newId: ulid }, authenticatorFromEnvironment()),
  optional(ORIGIN_SECRET),
);
