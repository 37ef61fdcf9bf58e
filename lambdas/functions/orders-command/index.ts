import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { countRows } from '../../adapters/dynamodb/row-count.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { paymentTokens } from '../../adapters/payments/payment-tokens.ts';
import { providerNamed } from '../../adapters/payments/provider-name.ts';
import {
  EVENT_TABLE,
  OPEN_ORDERS_PER_CUSTOMER,
  ORIGIN_SECRET,
  PAYMENT_PROVIDER,
  readTableVariable,
} from '../../bindings/environment.ts';
import { customerOrders, openByCustomer } from '../../read-models/customer-orders.ts';
import { optional, required, requiredCount } from '../../runtime/environment.ts';
import { httpHandler } from '../../runtime/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../runtime/token-settings.ts';
import { orderEndpoints } from './handler.ts';
import { openOrders } from './open-orders.ts';

const client = dynamoDbClient();
const store = dynamoDbEventStore(client, required(EVENT_TABLE));
const readTable = required(readTableVariable(customerOrders.name));

const tokens = paymentTokens[providerNamed(required(PAYMENT_PROVIDER))];

const openOrdersOf = openOrders(
  (partition, atMost) => countRows(client, readTable, { index: openByCustomer, partition, atMost }),
  requiredCount(OPEN_ORDERS_PER_CUSTOMER),
);

export const handler = httpHandler(
  orderEndpoints(executionPorts(store), authenticatorFromEnvironment(), tokens, openOrdersOf),
  optional(ORIGIN_SECRET),
);
