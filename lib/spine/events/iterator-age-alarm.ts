// Alarms when a function lags behind the stream that it reads.
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import type { ServiceFunction } from '../operations/service-function.ts';

export interface IteratorAgeAlarmProps {
  readonly alarmTopicArn: string | undefined;
  readonly reader: ServiceFunction;
}

export class IteratorAgeAlarm extends OperatorAlarm {
  constructor(scope: Construct, id: string, { alarmTopicArn, reader }: IteratorAgeAlarmProps) {
    super(scope, id, {
      alarmTopicArn,
      runbook: 'stream-lag',
      description: `The ${reader.node.id} has been a minute or more behind its stream for five minutes.`,
      remedy:
        'look for errors and for throttles of the function first; if there are none it has too little capacity: more shards (eventStream.shards), a larger function (pipeline).',
      metric: reader.function.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(1).toMilliseconds(),
      periods: 5,
    });
  }
}
