// The function that answers everything under `/ops`.
import { ulid } from 'ulid';
import { cloudWatchClient, hopFigures } from '../../aws/cloudwatch/hop-metrics.ts';
import { dynamoDbAuditStore } from '../../aws/dynamodb/audit-store.ts';
import { dynamoDbClient } from '../../aws/dynamodb/client.ts';
import { dynamoDbDeadLetters } from '../../aws/dynamodb/dead-letters.ts';
import { dynamoDbEventScan } from '../../aws/dynamodb/event-scan.ts';
import { meter } from '../../aws/dynamodb/metered-client.ts';
import { dynamoDbRebuildJobs } from '../../aws/dynamodb/rebuild-jobs.ts';
import { sendToAudit } from '../../aws/sqs/audit-queue.ts';
import { sqsDeadLetterQueue } from '../../aws/sqs/dead-letter-queue.ts';
import { deadLettersUrlOf, queueDepth } from '../../aws/sqs/queue-depth.ts';
import { sqsClient } from '../../aws/sqs/subscription-queue.ts';
import { sqsWorkQueue } from '../../aws/sqs/work-queue.ts';
import {
  AUDIT_QUEUE_URL,
  EVENT_TABLE,
  FAN_OUT_FAILURES_URL,
  INVALIDATION_QUEUE_URL,
  LAG_SERVICES,
  OPERATIONS_TABLE,
  ORIGIN_SECRET,
  queueUrlVariable,
  READ_MODELS,
  RELAY_FAILURES_URL,
  STAGE,
  SUBSCRIPTIONS,
  SWEEP_READ_UNITS,
  SWEEP_WORKERS,
  SWEEP_WRITE_UNITS,
  WORK_QUEUE_URL,
} from '../../bindings/environment.ts';
import { httpHandler } from '../../http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../http/request/token-settings.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import { auditEndpoints } from '../../ops/audits/endpoints.ts';
import { deadLetterEndpoints } from '../../ops/dead-letters/endpoints.ts';
import { pipelineEndpoint } from '../../ops/pipeline/endpoint.ts';
import type { Hop } from '../../ops/pipeline/hops.ts';
import { keptBriefly } from '../../ops/pipeline/kept-briefly.ts';
import { rebuildEndpoints } from '../../ops/rebuilds/endpoints.ts';
import { optional, required, requiredCount } from '../../runtime/environment.ts';

const [sqs, dynamoDb] = [sqsClient(), dynamoDbClient()];
const spent = meter(dynamoDb);
const authenticate = authenticatorFromEnvironment();
const subscriptions: readonly Subscription[] = JSON.parse(required(SUBSCRIPTIONS));
const invalidationUrl = optional(INVALIDATION_QUEUE_URL);
const auditUrl = optional(AUDIT_QUEUE_URL);
const now = () => new Date();

const queueHop = (name: string, queueUrl: string): Hop => ({ name, kind: 'queue', queueUrl });

const hops: readonly Hop[] = [
  { name: 'relay', kind: 'change-stream', queueUrl: required(RELAY_FAILURES_URL) },
  { name: 'fan-out', kind: 'event-stream', queueUrl: required(FAN_OUT_FAILURES_URL) },
  ...subscriptions.map(({ name }) => queueHop(name, required(queueUrlVariable(name)))),
  ...(invalidationUrl === undefined ? [] : [queueHop('invalidation', invalidationUrl)]),
  queueHop('work', required(WORK_QUEUE_URL)),
  ...(auditUrl === undefined ? [] : [queueHop('audit', auditUrl)]),
];

const rebuilds = rebuildEndpoints(
  {
    readModels: JSON.parse(required(READ_MODELS)),
    scan: dynamoDbEventScan(dynamoDb, required(EVENT_TABLE)),
    jobs: dynamoDbRebuildJobs(dynamoDb, required(OPERATIONS_TABLE)),
    work: sqsWorkQueue(sqs, required(WORK_QUEUE_URL)),
    spent,
    pace: { read: requiredCount(SWEEP_READ_UNITS), write: requiredCount(SWEEP_WRITE_UNITS) },
    workers: requiredCount(SWEEP_WORKERS),
    newId: ulid,
    now,
  },
  authenticate,
);

const audits = auditEndpoints(
  {
    audits: dynamoDbAuditStore(dynamoDb, required(OPERATIONS_TABLE), now),
    ask: auditUrl === undefined ? undefined : (asked) => sendToAudit(sqs, auditUrl)({ asked }, 0),
    newId: ulid,
    now,
  },
  authenticate,
);

const deadLetters = deadLetterEndpoints(
  {
    subscribers: hops.map(({ name }) => name),
    async queueOf(subscriber) {
      const queueUrl = hops.find(({ name }) => name === subscriber)?.queueUrl ?? '';
      return sqsDeadLetterQueue(sqs, queueUrl, await deadLettersUrlOf(sqs, queueUrl));
    },
    notes: dynamoDbDeadLetters(dynamoDb, required(OPERATIONS_TABLE), now),
    now,
  },
  authenticate,
);

const lagServices = optional(LAG_SERVICES);
const figures = lagServices === undefined ? undefined : measuredBy(JSON.parse(lagServices));

/** @param services by the hops whose lag they measure */
function measuredBy(services: Readonly<Record<string, string>>) {
  const [cloudWatch, stage] = [cloudWatchClient(), required(STAGE)];
  const measured = hops.map((hop) => ({ ...hop, service: services[hop.name] }));
  return keptBriefly(() => hopFigures(cloudWatch, measured, stage, now()), now);
}

const endpoints = [
  pipelineEndpoint({ hops, depthOf: (url) => queueDepth(sqs, url), ...(figures && { figures }), now }, authenticate),
  ...deadLetters,
  ...rebuilds,
  ...audits,
];

export const handler = httpHandler(endpoints, optional(ORIGIN_SECRET));
