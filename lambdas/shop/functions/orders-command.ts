import { countRows } from '../../spine/aws/dynamodb/row-count.ts';
import { readTableVariable } from '../../spine/bindings/environment.ts';
import { commandFunction } from '../../spine/functions/command-function.ts';
import { required, requiredCount } from '../../spine/runtime/environment.ts';
import { OPEN_ORDERS_PER_CUSTOMER, PAYMENT_PROVIDER } from '../bindings/environment.ts';
import { orderEndpoints } from '../orders/command-handler.ts';
import { customerOrders, openByCustomer } from '../orders/customer-orders.ts';
import { openOrders } from '../orders/open-orders.ts';
import { paymentTokens } from '../payments/providers/payment-tokens.ts';
import { providerNamed } from '../payments/providers/provider-name.ts';

const readTable = required(readTableVariable(customerOrders.name));
const tokens = paymentTokens[providerNamed(required(PAYMENT_PROVIDER))];
const allowed = requiredCount(OPEN_ORDERS_PER_CUSTOMER);

export const handler = commandFunction(({ ports, authenticate, client }) => {
  const count = (partition: string, atMost: number) =>
    countRows(client, readTable, { index: openByCustomer, partition, atMost });
  return orderEndpoints(ports, authenticate, tokens, openOrders(count, allowed));
});
