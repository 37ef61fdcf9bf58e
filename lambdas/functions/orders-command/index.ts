import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { paymentTokens } from '../../adapters/payments/payment-tokens.ts';
import { providerNamed } from '../../adapters/payments/provider-name.ts';
import { EVENT_TABLE, ORIGIN_SECRET, PAYMENT_PROVIDER } from '../../bindings/environment.ts';
import { optional, required } from '../../runtime/environment.ts';
import { httpHandler } from '../../runtime/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../runtime/token-settings.ts';
import { orderEndpoints } from './handler.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));

const tokens = paymentTokens[providerNamed(required(PAYMENT_PROVIDER))];

export const handler = httpHandler(
  orderEndpoints(executionPorts(store), authenticatorFromEnvironment(), tokens),
  optional(ORIGIN_SECRET),
);
