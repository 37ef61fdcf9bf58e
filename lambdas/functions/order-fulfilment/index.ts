import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { ulid } from 'ulid';
import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { paymentProvider } from '../../adapters/payments/payment-provider.ts';
import { sqsOwnQueue } from '../../adapters/sqs/own-queue.ts';
import { sqsClient } from '../../adapters/sqs/subscription-queue.ts';
import { sqsTimerQueue } from '../../adapters/sqs/timer-queue.ts';
import {
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  OUTAGE_SECONDS,
  OWN_QUEUE_URL,
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_SANDBOX_ENDPOINT,
  PAYMENT_TIMEOUT_SECONDS,
  STAGE,
} from '../../bindings/environment.ts';
import { LONG_WAITS } from '../../bindings/metrics.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../../runtime/environment.ts';
import { stageMetrics } from '../../runtime/metrics.ts';
import { fulfilOrders } from './handler.ts';
import { watchedStore } from './watched-store.ts';

const now = () => new Date();
const sqs = sqsClient();
const metrics = stageMetrics(required(STAGE));

export const handler = batchHandler(
  fulfilOrders({
    ...executionPorts(watchedStore(dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE)))),
    provider: paymentProvider({
      provider: required(PAYMENT_PROVIDER),
      apiKeySecretArn: process.env[PAYMENT_API_KEY_SECRET_ARN],
      sandboxEndpoint: optional(PAYMENT_SANDBOX_ENDPOINT),
    }),
    timers: sqsTimerQueue(sqs, required(OWN_QUEUE_URL), now),
    ownQueue: sqsOwnQueue(sqs, required(OWN_QUEUE_URL), requiredCount(HINTS_PER_MESSAGE)),
    paymentTimeoutInSeconds: requiredCount(PAYMENT_TIMEOUT_SECONDS),
    outageInSeconds: requiredCount(OUTAGE_SECONDS),
    countLongWait: () => metrics.addMetric(LONG_WAITS, MetricUnit.Count, 1).publishStoredMetrics(),
    newId: ulid,
    now,
  }),
);
