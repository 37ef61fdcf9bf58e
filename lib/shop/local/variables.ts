// Settings of the stage `local` that a variable replaces.

import { OPEN_ORDERS_PER_CUSTOMER, PAYMENT_TIMEOUT_SECONDS } from '../../../lambdas/shop/bindings/environment.ts';
import type { LocalVariable } from '../../../local/application/local-application.ts';
import { longestPaymentTimeoutInSeconds, mostOpenOrdersPerCustomer } from '../settings/payment-settings.ts';

const upTo =
  (most: number) =>
  (value: string): boolean =>
    /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= most;

export const variables: readonly LocalVariable[] = [
  {
    name: PAYMENT_TIMEOUT_SECONDS,
    contextKey: 'paymentTimeoutSeconds',
    description: "how long an order waits for the payment provider's answer (default 900)",
    rule: `a whole number from 1 to ${longestPaymentTimeoutInSeconds} (23 hours)`,
    accepts: upTo(longestPaymentTimeoutInSeconds),
  },
  {
    name: OPEN_ORDERS_PER_CUSTOMER,
    contextKey: 'openOrdersPerCustomer',
    description: 'how many orders of a customer may await payment at once (default 1000)',
    rule: `a whole number from 1 to ${mostOpenOrdersPerCustomer}`,
    accepts: upTo(mostOpenOrdersPerCustomer),
  },
];
