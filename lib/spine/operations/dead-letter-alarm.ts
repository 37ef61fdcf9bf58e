// Alarms as soon as a message is in a dead-letter queue.
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from '../events/dead-letter-queue.ts';
import { OperatorAlarm } from './operator-alarm.ts';

export interface DeadLetterAlarmProps {
  readonly alarmTopicArn: string | undefined;
  readonly queue: DeadLetterQueue;
  readonly description: string;
  /** @default to mend the cause and redrive the queue */
  readonly remedy?: string;
  /** @default that of a queue whose messages are redriven */
  readonly runbook?: string;
}

const redrive =
  'find the cause in the log of its function and mend it, then redrive (npm run ops -- dead-letters, npm run ops -- redrive). Nothing is done twice by it.';

export class DeadLetterAlarm extends OperatorAlarm {
  constructor(scope: Construct, id: string, props: DeadLetterAlarmProps) {
    const { alarmTopicArn, queue, description, remedy = redrive, runbook = 'dead-letters' } = props;
    super(scope, id, {
      alarmTopicArn,
      description,
      remedy,
      runbook,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      periods: 1,
    });
  }
}
