// Every operation of the HTTP API.
import type { Operation } from '../runtime/http/operation.ts';
import * as orderOperations from './order-operations.ts';
import * as orderQueries from './order-queries.ts';
import * as paymentOperations from './payment-operations.ts';
import * as productOperations from './product-operations.ts';
import * as serviceOperations from './service-operations.ts';

export const operations: readonly Operation[] = [
  ...Object.values(productOperations),
  ...Object.values(orderOperations),
  ...Object.values(orderQueries),
  ...Object.values(paymentOperations),
  ...Object.values(serviceOperations),
];
