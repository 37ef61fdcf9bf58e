// A projector: folds the commits in a read model's queue into its read table.
import { Duration, Validations } from 'aws-cdk-lib';
import { type Code, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE, PROJECTION, readTableVariable } from '../../lambdas/bindings/environment.ts';
import type { StageSettings } from '../stage-settings.ts';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import type { EventTable } from './event-table.ts';
import { OperatorAlarm } from './operator-alarm.ts';
import type { ReadModel } from './read-model.ts';
import { ServiceFunction } from './service-function.ts';

export interface ProjectorProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly readModel: ReadModel;
}

export class Projector extends ServiceFunction {
  constructor(scope: Construct, id: string, { settings, code, eventTable, readModel }: ProjectorProps) {
    const { projection, table, queue, deadLetters } = readModel;
    super(scope, id, {
      settings,
      code,
      size: settings.subscriber,
      environment: {
        [PROJECTION]: projection.name,
        [EVENT_TABLE]: eventTable.table.tableName,
        [readTableVariable(projection.name)]: table.tableName,
      },
    });
    eventTable.grantLoad(this);
    readModel.grantProject(this);
    queue.grantConsumeMessages(this);
    // Ten is the most that Lambda takes without a batching window, and a message is a bundle already.
    const mapping = new EventSourceMapping(this, 'mapping', {
      target: this.function,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: settings.subscriber.maximumConcurrency,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A mapping of a queue has no destination; its failures go to the dead-letter queue of the queue.',
    });
    new DeadLetterAlarm(this, 'dead-letter-alarm', {
      settings,
      queue: deadLetters,
      description: `Messages for ${projection.name} could not be processed. Its rows may be behind.`,
    });
    new OperatorAlarm(this, 'lag-alarm', {
      settings,
      description: `${projection.name} has been a minute or more behind its queue for five minutes.`,
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(1).toSeconds(),
      periods: 5,
    });
  }
}
