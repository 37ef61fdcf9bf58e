// The audit: compares the event table with what every subscriber has. It writes no row and appends no event: it tells who is behind.
import { Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { type Code, EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  AUDIT_UNITS_PER_SECOND,
  CHANGE_STREAM_ARN,
  EVENT_TABLE,
  OPERATIONS_TABLE,
  OWN_QUEUE_URL,
  readTableVariable,
  STAGE,
} from '../../../lambdas/spine/bindings/environment.ts';
import type { EventTable } from '../events/event-table.ts';
import type { ReadModel } from '../events/read-model.ts';
import { type Subscription, sendEnvironment } from '../events/subscription.ts';
import type { AuditSettings } from '../settings/audit-settings.ts';
import { AuditAlarms } from './audit-alarms.ts';
import type { AuditQueue } from './audit-queue.ts';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import type { OperationsTable } from './operations-table.ts';
import { type FunctionDefaults, ServiceFunction } from './service-function.ts';

export interface AuditProps extends FunctionDefaults {
  /** Its metrics' dimension. */
  readonly stage: string;
  readonly settings: AuditSettings['audit'];
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly readModels: readonly ReadModel[];
  /** Of read models and functions. */
  readonly subscriptions: readonly Subscription[];
  readonly operations: OperationsTable;
  readonly queue: AuditQueue;
}

export class Audit extends ServiceFunction {
  constructor(scope: Construct, id: string, props: AuditProps) {
    const { stage, settings, alarmTopicArn, eventTable, readModels, subscriptions, operations, queue } = props;
    const readTables = readModels.map(({ projection, table }) => [readTableVariable(projection.name), table.tableName]);
    super(scope, id, {
      ...props,
      size: settings,
      environment: {
        [STAGE]: stage,
        [EVENT_TABLE]: eventTable.table.tableName,
        [CHANGE_STREAM_ARN]: eventTable.changeStreamArn,
        ...Object.fromEntries(readTables),
        [OPERATIONS_TABLE]: operations.table.tableName,
        [OWN_QUEUE_URL]: queue.queue.queueUrl,
        [AUDIT_UNITS_PER_SECOND]: String(settings.readUnitsPerSecond),
        ...sendEnvironment(subscriptions),
      },
      // It sends to its own queue what it looks at again, after growing pauses and a bounded number of times.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    eventTable.grantSweep(this);
    eventTable.grantChanges(this);
    for (const readModel of readModels) readModel.grantCompare(this);
    for (const subscription of subscriptions) subscription.grantSend(this);
    const resourceArns = subscriptions.map((each) => each.queue.queueArn);
    Grant.addToPrincipal({ grantee: this, actions: ['sqs:GetQueueAttributes'], resourceArns });
    operations.grantKeep(this);
    queue.queue.grantConsumeMessages(this);
    queue.grantSend(this);
    this.consume(queue, alarmTopicArn);
    new AuditAlarms(this, 'alarms', { stage, alarmTopicArn, service: id });
  }

  private consume({ queue, deadLetters }: AuditQueue, alarmTopicArn: string | undefined): void {
    const mapping = new EventSourceMapping(this, 'mapping', {
      target: this.function,
      eventSourceArn: queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      // The least that there is: one run, and one look at what is looked at again.
      maxConcurrency: 2,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A mapping of a queue has no destination; its failures go to the dead-letter queue of the queue.',
    });
    new DeadLetterAlarm(this, 'dead-letter-alarm', {
      alarmTopicArn,
      queue: deadLetters,
      description: 'Runs of the audit failed. The next one goes on from where the last one that did not was.',
      runbook: 'failed-audits',
      remedy: `find the cause in the log of ${this.node.id} and mend it; then purge the queue: the next run finds what there is.`,
    });
  }
}
