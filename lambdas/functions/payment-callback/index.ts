import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { providerNamed } from '../../adapters/payments/provider-name.ts';
import { cachedSecret, secretsManagerClient } from '../../adapters/secrets/secret.ts';
import {
  EVENT_TABLE,
  ORIGIN_SECRET,
  PAYMENT_CALLBACK_SECRET_ARN,
  PAYMENT_PROVIDER,
} from '../../bindings/environment.ts';
import { optional, required } from '../../runtime/environment.ts';
import { httpHandler } from '../../runtime/http/http-handler.ts';
import { callbackEndpoint } from './handler.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));
const secret = cachedSecret(secretsManagerClient(), required(PAYMENT_CALLBACK_SECRET_ARN));

const provider = providerNamed(required(PAYMENT_PROVIDER));

export const handler = httpHandler(
  [callbackEndpoint(provider, { ...executionPorts(store), secret, now: Date.now })],
  optional(ORIGIN_SECRET),
);
