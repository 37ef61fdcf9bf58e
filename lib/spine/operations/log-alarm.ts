// Alarms on certain lines of a log: a metric filter counts them, so that the function needs to know nothing of metrics.
import { Duration } from 'aws-cdk-lib';
import { type IFilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../../lambdas/spine/bindings/metrics.ts';
import { OperatorAlarm, type OperatorAlarmProps } from './operator-alarm.ts';

export interface LogAlarmProps
  extends Pick<OperatorAlarmProps, 'alarmTopicArn' | 'description' | 'remedy' | 'runbook' | 'threshold'> {
  /** Under whose name they are counted. */
  readonly stage: string;
  readonly logGroup: ILogGroup;
  /** Which lines count. */
  readonly pattern: IFilterPattern;
  /** Under which they are counted. */
  readonly metricName: string;
}

/** Rings at `threshold` lines in five minutes. */
export class LogAlarm extends Construct {
  constructor(scope: Construct, id: string, props: LogAlarmProps) {
    super(scope, id);
    const { stage, logGroup, pattern, metricName, ...alarm } = props;
    const filter = new MetricFilter(this, 'filter', {
      logGroup,
      filterPattern: pattern,
      // A filter makes dimensions of what a line says only, and none says its stage.
      metricNamespace: `${METRICS_NAMESPACE}/${stage}`,
      metricName,
    });
    const metric = filter.metric({ statistic: 'Sum', period: Duration.minutes(5) });
    new OperatorAlarm(this, 'alarm', { ...alarm, metric, periods: 1 });
  }
}
