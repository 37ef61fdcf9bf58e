// What the shop adds to the stacks of any application: its payment provider, and the limit of open orders.
import {
  OPEN_ORDERS_PER_CUSTOMER,
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_TIMEOUT_SECONDS,
} from '../../lambdas/shop/bindings/environment.ts';
import { grantSecretValue } from '../spine/operations/secret-value.ts';
import type { ApplicationStacks } from '../spine/stacks/application-stacks.ts';
import { CallbackSecret } from './constructs/callback-secret.ts';
import { addPaymentCallback } from './constructs/payment-callback.ts';
import type { ShopSettings } from './settings/shop-settings.ts';

export function addShopParts({ state, compute }: ApplicationStacks, settings: ShopSettings): void {
  const { payments, openOrdersPerCustomer } = settings;
  const secret = new CallbackSecret(state, 'payment-callback-secret', { removalPolicy: state.removalPolicy });
  addPaymentCallback(compute, settings, secret);

  // The published document says which payment tokens the stage takes.
  for (const name of ['orders-command', 'query', 'payment-callback', 'order-fulfilment']) {
    compute.functionNamed(name).function.addEnvironment(PAYMENT_PROVIDER, payments.provider);
  }
  const orders = compute.functionNamed('orders-command').function;
  orders.addEnvironment(OPEN_ORDERS_PER_CUSTOMER, String(openOrdersPerCustomer));

  const fulfilment = compute.functionNamed('order-fulfilment');
  fulfilment.function.addEnvironment(PAYMENT_TIMEOUT_SECONDS, String(payments.timeoutInSeconds));
  if (payments.apiKeySecretArn !== undefined) {
    fulfilment.function.addEnvironment(PAYMENT_API_KEY_SECRET_ARN, payments.apiKeySecretArn);
    grantSecretValue(fulfilment, payments.apiKeySecretArn);
  }
}
