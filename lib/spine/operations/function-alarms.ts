// Alarms when a function fails or is throttled.
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { OperatorAlarm } from './operator-alarm.ts';

export interface FunctionAlarmsProps {
  readonly alarmTopicArn: string | undefined;
  /** As logs and operators know the function. */
  readonly name: string;
  readonly function: IFunction;
}

const period = Duration.minutes(5);

/** A single failure by a deployment or a lost machine is retried, and no reason to wake anybody. */
const toleratedErrors = 4;

export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarmTopicArn, name, function: watched }: FunctionAlarmsProps) {
    super(scope, id);
    new OperatorAlarm(this, 'errors', {
      alarmTopicArn,
      runbook: 'function-errors',
      description: `${name} failed ${toleratedErrors + 1} times or more in five minutes: it threw, ran out of time or memory.`,
      remedy: `read the newest errors in the log group of ${name}; after a deployment, deploy the version before.`,
      metric: watched.metricErrors({ period, statistic: 'Sum' }),
      threshold: toleratedErrors + 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'throttles', {
      alarmTopicArn,
      runbook: 'function-throttles',
      description: `Lambda has refused invocations of ${name} for fifteen minutes: the account or the function is at its limit of concurrency.`,
      remedy:
        'compare ConcurrentExecutions with the quota; ask for a higher one, or lower what takes most (-c publicConcurrency, maximumConcurrency).',
      metric: watched.metricThrottles({ period, statistic: 'Sum' }),
      threshold: 1,
      periods: 3,
    });
  }
}
