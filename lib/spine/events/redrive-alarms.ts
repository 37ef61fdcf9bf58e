// Ring while something waits to be redriven: hidden between two attempts, or visible because nothing takes it.
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import type { FailureQueue } from './failure-queue.ts';

export interface RedriveAlarmsProps {
  readonly alarmTopicArn: string | undefined;
  readonly failures: FailureQueue;
  readonly description: string;
  /** The function that could not pass them on: its log, and the redrive's, name the cause. */
  readonly hop: string;
}

export class RedriveAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarmTopicArn, failures, description, hop }: RedriveAlarmsProps) {
    super(scope, id);
    const each = { period: Duration.minutes(1), statistic: 'Maximum' };
    const common = { alarmTopicArn, runbook: 'undelivered-hints', description, threshold: 1, periods: 3 };
    new OperatorAlarm(this, 'waiting', {
      ...common,
      remedy: `find the cause in the logs of ${hop} and redrive, and mend it. Nothing is to be redriven by hand.`,
      metric: failures.metricApproximateNumberOfMessagesNotVisible(each),
    });
    new OperatorAlarm(this, 'untouched', {
      ...common,
      remedy:
        'see to it that the function redrive runs, and that its mapping is enabled. Nothing is to be redriven by hand.',
      metric: failures.metricApproximateNumberOfMessagesVisible(each),
    });
  }
}
