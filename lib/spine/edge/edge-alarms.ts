// Alarms when the edge fails or is slow. CloudFront publishes its metrics in us-east-1 alone
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html), and an alarm is where
// its metric is: so these belong to a stack in that region.
import { type CfnCondition, Duration } from 'aws-cdk-lib';
import { type CfnAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { OperatorAlarm } from '../operations/operator-alarm.ts';

export interface EdgeAlarmsProps {
  readonly alarmTopicArn: string | undefined;
  readonly distributionId: string;
  /**
   * When they are made.
   * @default always
   */
  readonly condition?: CfnCondition;
}

const period = Duration.minutes(5);
const manyErrorsInPercent = 5;
const slowInMillis = 5_000;

export class EdgeAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarmTopicArn, distributionId, condition }: EdgeAlarmsProps) {
    super(scope, id);
    const metric = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/CloudFront',
        metricName,
        dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
        statistic,
        period,
      });
    const alarms: OperatorAlarm[] = [
      new OperatorAlarm(this, 'server-errors', {
        alarmTopicArn,
        runbook: 'edge-errors',
        description: `The edge has answered ${manyErrorsInPercent} % of its requests or more with a 5xx for ten minutes.`,
        remedy:
          'if the API’s own alarm rings too, follow that one. If not, the edge does not reach the API: look at x-edge-detailed-result-type in the edge’s log, and at what was deployed last.',
        metric: metric('5xxErrorRate', 'Average'),
        threshold: manyErrorsInPercent,
        periods: 2,
      }),
    ];
    // The distribution publishes it where somebody hears the alarm.
    if (alarmTopicArn !== undefined) {
      alarms.push(
        new OperatorAlarm(this, 'latency', {
          alarmTopicArn,
          runbook: 'edge-latency',
          description: `One miss in ten has taken the edge ${slowInMillis / 1000} s or longer for fifteen minutes.`,
          remedy: 'compare with the latency of the API in its region; what is slow there is found by its alarm.',
          metric: metric('OriginLatency', 'p90'),
          threshold: slowInMillis,
          periods: 3,
        }),
      );
    }
    if (condition === undefined) return;
    for (const alarm of alarms) (alarm.node.defaultChild as CfnAlarm).cfnOptions.condition = condition;
  }
}
