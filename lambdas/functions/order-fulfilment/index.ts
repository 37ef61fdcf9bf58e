import { ulid } from 'ulid';
import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { paymentProvider } from '../../adapters/payments/payment-provider.ts';
import { sqsClient } from '../../adapters/sqs/subscription-queue.ts';
import { sqsTimerQueue } from '../../adapters/sqs/timer-queue.ts';
import {
  EVENT_TABLE,
  OWN_QUEUE_URL,
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_SANDBOX_ENDPOINT,
  PAYMENT_TIMEOUT_SECONDS,
} from '../../bindings/environment.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../../runtime/environment.ts';
import { fulfilOrders } from './handler.ts';
import { watchedStore } from './watched-store.ts';

const now = () => new Date();

export const handler = batchHandler(
  fulfilOrders({
    ...executionPorts(watchedStore(dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE)))),
    provider: paymentProvider({
      provider: required(PAYMENT_PROVIDER),
      apiKeySecretArn: process.env[PAYMENT_API_KEY_SECRET_ARN],
      sandboxEndpoint: optional(PAYMENT_SANDBOX_ENDPOINT),
    }),
    timers: sqsTimerQueue(sqsClient(), required(OWN_QUEUE_URL), now),
    paymentTimeoutInSeconds: requiredCount(PAYMENT_TIMEOUT_SECONDS),
    newId: ulid,
    now,
  }),
);
