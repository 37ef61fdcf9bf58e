// The sweeper: works through parts of the event table, writes rows that are missing or behind, and tells subscribers of what they missed.

import { Validations } from 'aws-cdk-lib';
import { type Code, EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  INVALIDATION_QUEUE_URL,
  OPERATIONS_TABLE,
  readTableVariable,
  STAGE,
  WORK_QUEUE_URL,
} from '../../../lambdas/spine/bindings/environment.ts';
import type { EventTable } from '../events/event-table.ts';
import type { ReadModel } from '../events/read-model.ts';
import { type Subscription, sendEnvironment } from '../events/subscription.ts';
import type { CapacitySettings } from '../settings/capacity-settings.ts';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import type { OperationsTable } from './operations-table.ts';
import { type FunctionDefaults, ServiceFunction } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface SweeperProps extends FunctionDefaults {
  /** Its metrics' dimension. */
  readonly stage: string;
  readonly size: CapacitySettings['sweeper'];
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly readModels: readonly ReadModel[];
  /** Of read models and functions. */
  readonly subscriptions: readonly Subscription[];
  /** Present on a stage with an edge. */
  readonly invalidation: Subscription | undefined;
  readonly operations: OperationsTable;
  readonly work: WorkQueue;
}

export class Sweeper extends ServiceFunction {
  constructor(scope: Construct, id: string, props: SweeperProps) {
    const { eventTable, readModels, subscriptions, invalidation, operations, work } = props;
    const readTables = readModels.map(({ projection, table }) => [readTableVariable(projection.name), table.tableName]);
    super(scope, id, {
      ...props,
      environment: {
        [STAGE]: props.stage,
        [EVENT_TABLE]: eventTable.table.tableName,
        ...Object.fromEntries(readTables),
        [OPERATIONS_TABLE]: operations.table.tableName,
        [WORK_QUEUE_URL]: work.queue.queueUrl,
        ...(invalidation && { [INVALIDATION_QUEUE_URL]: invalidation.queue.queueUrl }),
        ...sendEnvironment(subscriptions),
      },
      // What it has no time for it sends to its own queue again, from where it got to, so it ends.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    eventTable.grantSweep(this);
    for (const readModel of readModels) readModel.grantProject(this);
    for (const subscription of subscriptions) subscription.grantSend(this);
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
      description: 'A part of a rebuild or an audit could not be worked through. The others of it go on.',
    });
  }
}
