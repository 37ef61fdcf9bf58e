import { ulid } from 'ulid';
import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../adapters/execution.ts';
import { sesClient, sesMailer } from '../../adapters/ses/mailer.ts';
import { sqsLaterHints } from '../../adapters/sqs/later-hints.ts';
import { sqsOwnQueue } from '../../adapters/sqs/own-queue.ts';
import { sqsClient } from '../../adapters/sqs/subscription-queue.ts';
import {
  EMAILS_PER_SECOND,
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  OWN_QUEUE_URL,
  SENDER_ADDRESS,
  STAGE,
} from '../../bindings/environment.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { required, requiredCount, requiredRate } from '../../runtime/environment.ts';
import { stageMetrics } from '../../runtime/metrics.ts';
import { publishFigures } from './figures.ts';
import { notifyCustomers } from './handler.ts';
import { steadyPace } from './pace.ts';

const sqs = sqsClient();
const queueUrl = required(OWN_QUEUE_URL);
const ports = executionPorts(dynamoDbEventStore(dynamoDbClient(), required(EVENT_TABLE)));
const now = () => new Date();
const metrics = stageMetrics(required(STAGE));

export const handler = batchHandler(
  notifyCustomers({
    ...ports,
    mailer: sesMailer(sesClient(), required(SENDER_ADDRESS)),
    pace: steadyPace(requiredRate(EMAILS_PER_SECOND), { ...ports, now }),
    ownQueue: sqsOwnQueue(sqs, queueUrl, requiredCount(HINTS_PER_MESSAGE)),
    later: sqsLaterHints(sqs, queueUrl),
    publish: (figures) => publishFigures(metrics, figures),
    newId: ulid,
    now,
  }),
);
