// A process manager: it listens to the streams that concern it and sends commands to others.
import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE, OUTAGE_SECONDS, STAGE } from '../../../lambdas/spine/bindings/environment.ts';
import { LONG_WAITS } from '../../../lambdas/spine/bindings/metrics.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import { serviceMetric } from '../operations/service-metric.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { EventTable } from './event-table.ts';
import { Subscriber } from './subscriber.ts';
import type { Subscription } from './subscription.ts';

export interface ProcessProps {
  readonly settings: StageSettings;
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
    const { settings, code, eventTable, subscription, appends, impact } = props;
    super(scope, id, {
      ...{ settings, code, subscription, impact },
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        [STAGE]: settings.stage,
        [OUTAGE_SECONDS]: String(settings.outageInSeconds),
      },
      // SQS delays a message by 15 minutes at most; a longer timer comes back in hops.
      longestDelay: Duration.minutes(15),
    });
    new OperatorAlarm(this, 'waiting-alarm', {
      settings,
      description: `Processes of ${id} have been waiting for 10 minutes or more for something that is down. They go on by themselves when it is back.`,
      remedy: `find what they wait for in the log of ${id}, and bring it back.`,
      metric: serviceMetric(settings, id, LONG_WAITS),
      threshold: 1,
      periods: 1,
    });
    eventTable.grantAppend(this, appends);
  }
}
