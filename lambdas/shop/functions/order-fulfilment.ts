import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { ulid } from 'ulid';
import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { executionPorts } from '../../spine/aws/execution.ts';
import { sqsOwnQueue } from '../../spine/aws/sqs/own-queue.ts';
import { sqsClient } from '../../spine/aws/sqs/subscription-queue.ts';
import { sqsTimerQueue } from '../../spine/aws/sqs/timer-queue.ts';
import {
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  OUTAGE_SECONDS,
  OWN_QUEUE_URL,
  STAGE,
} from '../../spine/bindings/environment.ts';
import { LONG_WAITS } from '../../spine/bindings/metrics.ts';
import { batchHandler } from '../../spine/runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../../spine/runtime/environment.ts';
import { stageMetrics } from '../../spine/runtime/metrics.ts';
import {
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_SANDBOX_ENDPOINT,
  PAYMENT_TIMEOUT_SECONDS,
} from '../bindings/environment.ts';
import { fulfilOrders } from '../fulfilment/worker/handler.ts';
import { watchedStore } from '../fulfilment/worker/watched-store.ts';
import { paymentProvider } from '../payments/providers/payment-provider.ts';

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
