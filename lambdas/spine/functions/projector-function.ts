// A projector, wired from its environment, which names the projection that it runs.
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbDeadLetterWriter } from '../aws/dynamodb/dead-letter-writer.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../aws/dynamodb/read-table.ts';
import { sqsInvalidationQueue } from '../aws/sqs/invalidation-queue.ts';
import { sqsOwnQueue } from '../aws/sqs/own-queue.ts';
import { sqsClient } from '../aws/sqs/subscription-queue.ts';
import {
  EVENT_TABLE,
  HINTS_PER_MESSAGE,
  INVALIDATION_QUEUE_URL,
  OWN_QUEUE_URL,
  PROJECTION,
  readTableVariable,
  STAGE,
} from '../bindings/environment.ts';
import type { Projection } from '../kernel/projections/projection.ts';
import { batchHandler } from '../runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../runtime/environment.ts';
import { lagMetric } from '../runtime/lag.ts';
import { lastFailuresFromEnvironment } from '../runtime/last-failures.ts';
import { stageMetrics } from '../runtime/metrics.ts';
import { projector } from './projector/handler.ts';

/**
 * The handler of the function of the kind `projector`.
 * @param projections of all read models; each deployment of the function runs one of them
 * @throws MissingVariableError or RangeError when the function starts, where its environment lacks something or names no projection
 * @example export const handler = projectorFunction([loansByMember]);
 */
export function projectorFunction(projections: readonly Projection<unknown>[]) {
  const client = dynamoDbClient();
  const sqs = sqsClient();
  const projection = named(required(PROJECTION), projections);
  const queueUrl = optional(INVALIDATION_QUEUE_URL);
  return batchHandler(
    projector(projection, {
      store: dynamoDbEventStore(client, required(EVENT_TABLE)),
      table: dynamoDbReadTable(client, required(readTableVariable(projection.name)), projection.viewKey),
      ownQueue: sqsOwnQueue(sqs, required(OWN_QUEUE_URL), requiredCount(HINTS_PER_MESSAGE)),
      invalidations: queueUrl === undefined ? undefined : sqsInvalidationQueue(sqs, queueUrl),
      lag: lagMetric(stageMetrics(required(STAGE))),
      lastFailures: lastFailuresFromEnvironment((table) => dynamoDbDeadLetterWriter(client, table)),
      now: () => new Date(),
    }),
  );
}

function named(name: string, projections: readonly Projection<unknown>[]): Projection<unknown> {
  const projection = projections.find((candidate) => candidate.name === name);
  if (projection) return projection;
  throw new RangeError(`There is no projection ${name}; there are ${projections.map((each) => each.name).join(', ')}`);
}
