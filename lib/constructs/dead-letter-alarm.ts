// Rings as soon as something lies in a dead-letter queue.
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { OperatorAlarm } from './operator-alarm.ts';

export interface DeadLetterAlarmProps {
  readonly settings: StageSettings;
  readonly queue: DeadLetterQueue;
  readonly description: string;
}

export class DeadLetterAlarm extends OperatorAlarm {
  constructor(scope: Construct, id: string, { settings, queue, description }: DeadLetterAlarmProps) {
    super(scope, id, {
      settings,
      description,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      periods: 1,
    });
  }
}
