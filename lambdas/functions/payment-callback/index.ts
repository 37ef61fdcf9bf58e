import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { providerNamed } from '../../adapters/payments/provider-name.ts';
import { cachedSecret, secretsManagerClient } from '../../adapters/secrets/secret.ts';
import {
  EVENT_TABLE,
  ORIGIN_SECRET,
  PAYMENT_CALLBACK_SECRET_ARN,
  PAYMENT_PROVIDER,
  STAGE,
} from '../../bindings/environment.ts';
import { REFUNDS_FAILED } from '../../bindings/metrics.ts';
import { optional, required } from '../../runtime/environment.ts';
import { httpHandler } from '../../runtime/http/http-handler.ts';
import { stageMetrics } from '../../runtime/metrics.ts';
import { callbackEndpoint } from './handler.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));
const secret = cachedSecret(secretsManagerClient(), required(PAYMENT_CALLBACK_SECRET_ARN));

const provider = providerNamed(required(PAYMENT_PROVIDER));

const metrics = stageMetrics(required(STAGE));
const countFailedRefund = () => metrics.addMetric(REFUNDS_FAILED, MetricUnit.Count, 1).publishStoredMetrics();

export const handler = httpHandler(
  [callbackEndpoint(provider, { ...executionPorts(store), secret, countFailedRefund, now: Date.now })],
  optional(ORIGIN_SECRET),
);
