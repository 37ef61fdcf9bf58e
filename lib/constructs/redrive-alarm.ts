// Rings while something waits to be redriven. A message that waits between two attempts is hidden, so both counts make up what there is.
import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import type { FailureQueue } from './failure-queue.ts';
import { OperatorAlarm } from './operator-alarm.ts';

export interface RedriveAlarmProps {
  readonly settings: StageSettings;
  readonly failures: FailureQueue;
  readonly description: string;
  /** The function that could not pass them on: its log, and the redrive's, name the cause. */
  readonly hop: string;
}

export class RedriveAlarm extends OperatorAlarm {
  constructor(scope: Construct, id: string, { settings, failures, description, hop }: RedriveAlarmProps) {
    const each = { period: Duration.minutes(1), statistic: 'Maximum' };
    super(scope, id, {
      settings,
      description,
      remedy: `find the cause in the logs of ${hop} and redrive, and mend it. Nothing is to be redriven by hand.`,
      metric: new MathExpression({
        expression: 'visible + hidden',
        usingMetrics: {
          visible: failures.metricApproximateNumberOfMessagesVisible(each),
          hidden: failures.metricApproximateNumberOfMessagesNotVisible(each),
        },
        label: 'Messages that wait to be redriven',
        period: each.period,
      }),
      threshold: 1,
      periods: 3,
    });
  }
}
