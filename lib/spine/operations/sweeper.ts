// The sweeper: works through parts of the event table, and writes the rows of a read model that are missing, behind or of another fold.

import { Validations } from 'aws-cdk-lib';
import { type Code, EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
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
} from '../../../lambdas/spine/bindings/environment.ts';
import type { EventTable } from '../events/event-table.ts';
import type { ReadModel } from '../events/read-model.ts';
import type { Subscription } from '../events/subscription.ts';
import type { CapacitySettings } from '../settings/capacity-settings.ts';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import type { OperationsTable } from './operations-table.ts';
import { type FunctionDefaults, ServiceFunction } from './service-function.ts';
import { WORK_DELIVERIES_AT_MOST, type WorkQueue } from './work-queue.ts';

export interface SweeperProps extends FunctionDefaults {
  readonly size: CapacitySettings['sweeper'];
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly readModels: readonly ReadModel[];
  /** Present on a stage with an edge. */
  readonly invalidation: Subscription | undefined;
  readonly operations: OperationsTable;
  readonly work: WorkQueue;
}

/** How many sweep at once, and what they may take together. */
export const sweepEnvironment = (size: CapacitySettings['sweeper']): Record<string, string> => ({
  [SWEEP_WORKERS]: String(size.maximumConcurrency),
  [SWEEP_READ_UNITS]: String(size.readUnitsPerSecond),
  [SWEEP_WRITE_UNITS]: String(size.writeUnitsPerSecond),
});

export class Sweeper extends ServiceFunction {
  constructor(scope: Construct, id: string, props: SweeperProps) {
    const { size, eventTable, readModels, invalidation, operations, work } = props;
    const readTables = readModels.map(({ projection, table }) => [readTableVariable(projection.name), table.tableName]);
    super(scope, id, {
      ...props,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        ...Object.fromEntries(readTables),
        [OPERATIONS_TABLE]: operations.table.tableName,
        [WORK_QUEUE_URL]: work.queue.queueUrl,
        ...(invalidation && { [INVALIDATION_QUEUE_URL]: invalidation.queue.queueUrl }),
        [WORK_DELIVERIES]: String(WORK_DELIVERIES_AT_MOST),
        ...sweepEnvironment(size),
      },
      // What it has no time for it sends to its own queue again, from where it got to, so it ends.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    eventTable.grantSweep(this);
    for (const readModel of readModels) readModel.grantSweep(this);
    invalidation?.grantSend(this);
    operations.grantKeep(this);
    work.queue.grantConsumeMessages(this);
    work.grantSend(this);
    this.consume(props);
  }

  private consume({ work, size, alarmTopicArn }: SweeperProps): void {
    const mapping = new EventSourceMapping(this, 'mapping', {
      target: this.function,
      eventSourceArn: work.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: size.maximumConcurrency,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A mapping of a queue has no destination; its failures go to the dead-letter queue of the queue.',
    });
    new DeadLetterAlarm(this, 'dead-letter-alarm', {
      alarmTopicArn,
      queue: work.deadLetters,
      description: 'A part of a rebuild could not be worked through, so the rebuild has failed.',
    });
  }
}
