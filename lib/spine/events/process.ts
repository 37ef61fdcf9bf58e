// A process manager: it listens to the streams that concern it and sends commands to others.
import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE, OUTAGE_SECONDS } from '../../../lambdas/spine/bindings/environment.ts';
import { LONG_WAITS } from '../../../lambdas/spine/bindings/metrics.ts';
import type { OperationsTable } from '../operations/operations-table.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import type { FunctionDefaults } from '../operations/service-function.ts';
import { serviceMetric } from '../operations/service-metric.ts';
import type { EventTable } from './event-table.ts';
import { type LagAlarmProps, Subscriber } from './subscriber.ts';
import type { Subscription } from './subscription.ts';

export interface ProcessProps extends FunctionDefaults {
  readonly stage: string;
  readonly lagAlarm: LagAlarmProps;
  /** Where it notes its dead letters. */
  readonly operations: OperationsTable;
  /** How long an outage of another service may last that it waits out. */
  readonly outageInSeconds: number;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly subscription: Subscription;
  /** Categories of the streams that it appends to. */
  readonly appends: readonly string[];
  /** What it means for users when messages are not processed, as a sentence for the alarm. */
  readonly impact: string;
}

export class Process extends Subscriber {
  constructor(scope: Construct, id: string, props: ProcessProps) {
    const { stage, outageInSeconds, alarmTopicArn, eventTable, appends } = props;
    super(scope, id, {
      ...props,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        [OUTAGE_SECONDS]: String(outageInSeconds),
      },
      // SQS delays a message by 15 minutes at most; a longer timer comes back in hops.
      longestDelay: Duration.minutes(15),
    });
    new OperatorAlarm(this, 'waiting-alarm', {
      alarmTopicArn,
      runbook: 'waiting-processes',
      description: `Processes of ${id} have been waiting for 10 minutes or more for something that is down. They go on by themselves when it is back.`,
      remedy: `find what they wait for in the log of ${id}, and bring it back.`,
      metric: serviceMetric({ stage }, id, LONG_WAITS),
      threshold: 1,
      periods: 1,
    });
    eventTable.grantAppend(this, appends);
  }
}
