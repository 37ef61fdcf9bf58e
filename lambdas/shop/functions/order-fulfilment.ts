import { OUTAGE_SECONDS } from '../../spine/bindings/environment.ts';
import { functionPorts } from '../../spine/process/function-ports.ts';
import { batchHandler } from '../../spine/runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../../spine/runtime/environment.ts';
import {
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_SANDBOX_ENDPOINT,
  PAYMENT_TIMEOUT_SECONDS,
} from '../bindings/environment.ts';
import { fulfilOrders } from '../fulfilment/worker/handler.ts';
import { paymentProvider } from '../payments/providers/payment-provider.ts';

export const handler = batchHandler(
  fulfilOrders({
    ...functionPorts(),
    provider: paymentProvider({
      provider: required(PAYMENT_PROVIDER),
      apiKeySecretArn: process.env[PAYMENT_API_KEY_SECRET_ARN],
      sandboxEndpoint: optional(PAYMENT_SANDBOX_ENDPOINT),
    }),
    paymentTimeoutInSeconds: requiredCount(PAYMENT_TIMEOUT_SECONDS),
    outageInSeconds: requiredCount(OUTAGE_SECONDS),
  }),
);
