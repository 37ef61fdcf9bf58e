// The function that answers everything under `/ops`.
import { queueDepth } from '../../aws/sqs/queue-depth.ts';
import { sqsClient } from '../../aws/sqs/subscription-queue.ts';
import {
  FAN_OUT_FAILURES_URL,
  INVALIDATION_QUEUE_URL,
  ORIGIN_SECRET,
  queueUrlVariable,
  RELAY_FAILURES_URL,
  SUBSCRIPTIONS,
  WORK_QUEUE_URL,
} from '../../bindings/environment.ts';
import { httpHandler } from '../../http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../http/request/token-settings.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import { pipelineEndpoint } from '../../ops/pipeline/endpoint.ts';
import type { Hop } from '../../ops/pipeline/hops.ts';
import { optional, required } from '../../runtime/environment.ts';

const sqs = sqsClient();
const authenticate = authenticatorFromEnvironment();
const subscriptions: readonly Subscription[] = JSON.parse(required(SUBSCRIPTIONS));
const invalidationUrl = optional(INVALIDATION_QUEUE_URL);

const queueHop = (name: string, queueUrl: string): Hop => ({ name, kind: 'queue', queueUrl });

const hops: readonly Hop[] = [
  { name: 'relay', kind: 'change-stream', queueUrl: required(RELAY_FAILURES_URL) },
  { name: 'fan-out', kind: 'event-stream', queueUrl: required(FAN_OUT_FAILURES_URL) },
  ...subscriptions.map(({ name }) => queueHop(name, required(queueUrlVariable(name)))),
  ...(invalidationUrl === undefined ? [] : [queueHop('invalidation', invalidationUrl)]),
  queueHop('work', required(WORK_QUEUE_URL)),
];

const endpoints = [
  pipelineEndpoint({ hops, depthOf: (url) => queueDepth(sqs, url), now: () => new Date() }, authenticate),
];

export const handler = httpHandler(endpoints, optional(ORIGIN_SECRET));
