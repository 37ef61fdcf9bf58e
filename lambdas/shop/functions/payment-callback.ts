import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { executionPorts } from '../../spine/aws/execution.ts';
import { cachedSecret, secretsManagerClient } from '../../spine/aws/secrets/secret.ts';
import { EVENT_TABLE, ORIGIN_SECRET, STAGE } from '../../spine/bindings/environment.ts';
import { httpHandler } from '../../spine/http/http-handler.ts';
import { optional, required } from '../../spine/runtime/environment.ts';
import { stageMetrics } from '../../spine/runtime/metrics.ts';
import { PAYMENT_CALLBACK_SECRET_ARN, PAYMENT_PROVIDER } from '../bindings/environment.ts';
import { REFUNDS_FAILED } from '../bindings/metrics.ts';
import { callbackEndpoint } from '../payments/callback/handler.ts';
import { providerNamed } from '../payments/providers/provider-name.ts';

const store = dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE));
const secret = cachedSecret(secretsManagerClient(), required(PAYMENT_CALLBACK_SECRET_ARN));

const provider = providerNamed(required(PAYMENT_PROVIDER));

const metrics = stageMetrics(required(STAGE));
const countFailedRefund = () => metrics.addMetric(REFUNDS_FAILED, MetricUnit.Count, 1).publishStoredMetrics();

export const handler = httpHandler(
  [callbackEndpoint(provider, { ...executionPorts(store), secret, countFailedRefund, now: Date.now })],
  optional(ORIGIN_SECRET),
);
