import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { countRows } from '../../spine/aws/dynamodb/row-count.ts';
import { executionPorts } from '../../spine/aws/execution.ts';
import {
  EVENT_TABLE,
  OPEN_ORDERS_PER_CUSTOMER,
  ORIGIN_SECRET,
  PAYMENT_PROVIDER,
  readTableVariable,
} from '../../spine/bindings/environment.ts';
import { httpHandler } from '../../spine/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../spine/http/request/token-settings.ts';
import { optional, required, requiredCount } from '../../spine/runtime/environment.ts';
import { orderEndpoints } from '../orders/command-handler.ts';
import { customerOrders, openByCustomer } from '../orders/customer-orders.ts';
import { openOrders } from '../orders/open-orders.ts';
import { paymentTokens } from '../payments/providers/payment-tokens.ts';
import { providerNamed } from '../payments/providers/provider-name.ts';

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
