import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../spine/aws/dynamodb/read-table.ts';
import { sqsInvalidationQueue } from '../../spine/aws/sqs/invalidation-queue.ts';
import { sqsOwnQueue } from '../../spine/aws/sqs/own-queue.ts';
import { sqsClient } from '../../spine/aws/sqs/subscription-queue.ts';
import {
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  INVALIDATION_QUEUE_URL,
  OWN_QUEUE_URL,
  PROJECTION,
  readTableVariable,
} from '../../spine/bindings/environment.ts';
import { projector } from '../../spine/functions/projector/handler.ts';
import { batchHandler } from '../../spine/runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../../spine/runtime/environment.ts';
import { projectionNamed } from '../read-models.ts';

const client = dynamoDbClient();
const sqs = sqsClient();
const projection = projectionNamed(required(PROJECTION));
const queueUrl = optional(INVALIDATION_QUEUE_URL);

export const handler = batchHandler(
  projector(projection, {
    store: dynamoDbEventStore(client, required(EVENT_TABLE)),
    table: dynamoDbReadTable(client, required(readTableVariable(projection.name)), projection.viewKey),
    ownQueue: sqsOwnQueue(sqs, required(OWN_QUEUE_URL), requiredCount(HINTS_PER_MESSAGE)),
    invalidations: queueUrl === undefined ? undefined : sqsInvalidationQueue(sqs, queueUrl),
    now: () => new Date(),
  }),
);
