import { ulid } from 'ulid';
import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { executionPorts } from '../../spine/aws/execution.ts';
import { sesClient, sesMailer } from '../../spine/aws/ses/mailer.ts';
import { sqsLaterHints } from '../../spine/aws/sqs/later-hints.ts';
import { sqsOwnQueue } from '../../spine/aws/sqs/own-queue.ts';
import { sqsClient } from '../../spine/aws/sqs/subscription-queue.ts';
import {
  EMAILS_PER_SECOND,
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  OWN_QUEUE_URL,
  SENDER_ADDRESS,
  STAGE,
} from '../../spine/bindings/environment.ts';
import { batchHandler } from '../../spine/runtime/batch-handler.ts';
import { required, requiredCount, requiredRate } from '../../spine/runtime/environment.ts';
import { stageMetrics } from '../../spine/runtime/metrics.ts';
import { publishFigures } from '../notifications/figures.ts';
import { notifyCustomers } from '../notifications/handler.ts';
import { steadyPace } from '../notifications/pace.ts';

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
