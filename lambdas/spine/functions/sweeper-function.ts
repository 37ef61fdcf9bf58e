// The sweeper, wired from its environment.
import { dynamoDbClient } from '../aws/dynamodb/client.ts';
import { dynamoDbEventScan } from '../aws/dynamodb/event-scan.ts';
import { dynamoDbEventStore } from '../aws/dynamodb/event-store.ts';
import { dynamoDbFullMarks } from '../aws/dynamodb/full-marks.ts';
import { meter } from '../aws/dynamodb/metered-client.ts';
import { dynamoDbRebuildJobs } from '../aws/dynamodb/rebuild-jobs.ts';
import { dynamoDbSweptTable } from '../aws/dynamodb/swept-table.ts';
import { sqsInvalidationQueue } from '../aws/sqs/invalidation-queue.ts';
import { sqsClient } from '../aws/sqs/subscription-queue.ts';
import { sqsWorkQueue } from '../aws/sqs/work-queue.ts';
import {
  EVENT_TABLE,
  INVALIDATION_QUEUE_URL,
  OPERATIONS_TABLE,
  readTableVariable,
  SWEEP_READ_UNITS,
  SWEEP_WORKERS,
  SWEEP_WRITE_UNITS,
  WORK_DELIVERIES,
  WORK_QUEUE_URL,
} from '../bindings/environment.ts';
import type { Projection } from '../kernel/projections/projection.ts';
import { shareOf } from '../kernel/sweep/pace.ts';
import { batchHandler } from '../runtime/batch-handler.ts';
import { optional, required, requiredCount } from '../runtime/environment.ts';
import { sweeper } from './sweeper/handler.ts';

/**
 * The handler of the function of the kind `sweeper`.
 * @param projections of all read models
 * @throws MissingVariableError when the function starts, where its environment lacks something
 * @example export const handler = sweeperFunction([loansByMember]);
 */
export function sweeperFunction(projections: readonly Projection<unknown>[]) {
  const [client, sqs] = [dynamoDbClient(), sqsClient()];
  const spent = meter(client);
  const eventTable = required(EVENT_TABLE);
  const [scan, store] = [dynamoDbEventScan(client, eventTable), dynamoDbEventStore(client, eventTable)];
  const queueUrl = optional(INVALIDATION_QUEUE_URL);
  const whole = { read: requiredCount(SWEEP_READ_UNITS), write: requiredCount(SWEEP_WRITE_UNITS) };
  return batchHandler(
    sweeper({
      projections,
      jobs: dynamoDbRebuildJobs(client, required(OPERATIONS_TABLE)),
      marks: dynamoDbFullMarks(client, required(OPERATIONS_TABLE)),
      work: sqsWorkQueue(sqs, required(WORK_QUEUE_URL)),
      tableNameOf: ({ name }) => required(readTableVariable(name)),
      portsOf: (projection) => ({
        ...{ scan, store, spent },
        table: dynamoDbSweptTable(client, required(readTableVariable(projection.name)), projection),
      }),
      pace: shareOf(whole, requiredCount(SWEEP_WORKERS)),
      mostDeliveries: requiredCount(WORK_DELIVERIES),
      invalidations: queueUrl === undefined ? undefined : sqsInvalidationQueue(sqs, queueUrl),
      now: () => new Date(),
    }),
  );
}
