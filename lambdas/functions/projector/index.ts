import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../adapters/dynamodb/read-table.ts';
import { sqsInvalidationQueue } from '../../adapters/sqs/invalidation-queue.ts';
import { sqsClient } from '../../adapters/sqs/subscription-queue.ts';
import { EVENT_TABLE, INVALIDATION_QUEUE_URL, PROJECTION, readTableVariable } from '../../bindings/environment.ts';
import { projectionNamed } from '../../read-models/index.ts';
import { batchHandler } from '../../runtime/batch-handler.ts';
import { optional, required } from '../../runtime/environment.ts';
import { projector } from './handler.ts';

const client = dynamoDbClient();
const projection = projectionNamed(required(PROJECTION));
const queueUrl = optional(INVALIDATION_QUEUE_URL);

export const handler = batchHandler(
  projector(projection, {
    store: dynamoDbEventStore(client, required(EVENT_TABLE)),
    table: dynamoDbReadTable(client, required(readTableVariable(projection.name))),
    invalidations: queueUrl === undefined ? undefined : sqsInvalidationQueue(sqsClient(), queueUrl),
    now: () => new Date(),
  }),
);
