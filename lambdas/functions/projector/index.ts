import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../adapters/dynamodb/read-table.ts';
import { sqsInvalidationQueue } from '../../adapters/sqs/invalidation-queue.ts';
import { sqsOwnQueue } from '../../adapters/sqs/own-queue.ts';
import { sqsClient } from '../../adapters/sqs/subscription-queue.ts';
import {
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  INVALIDATION_QUEUE_URL,
  OWN_QUEUE_URL,
  PROJECTION,
  readTableVariable,
} from '../../bindings/environment.ts';
import { projectionNamed } from '../../read-models/index.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../../runtime/environment.ts';
import { projector } from './handler.ts';

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
