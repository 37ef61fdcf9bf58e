// Alarms when SES is about to stop the account from sending, which it does when mails bounce or recipients complain.
// Its reputation metrics have no dimension: they are of the account in this region
// (https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html).
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { OperatorAlarm, type OperatorAlarmProps } from '../operations/operator-alarm.ts';

/** Where SES begins to review an account (https://docs.aws.amazon.com/ses/latest/dg/reputation-dashboard-dg.html); it pauses at twice and five times that. */
const reviewedFrom = { bounces: 0.05, complaints: 0.001 };

export class ReputationAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarmTopicArn }: Pick<OperatorAlarmProps, 'alarmTopicArn'>) {
    super(scope, id);
    const rate = (metricName: string): Metric =>
      new Metric({ namespace: 'AWS/SES', metricName, period: Duration.hours(1), statistic: 'Average' });
    new OperatorAlarm(this, 'bounces', {
      alarmTopicArn,
      runbook: 'mail-reputation',
      description: `${100 * reviewedFrom.bounces} % of what the account sends or more comes back. SES pauses an account that goes on so.`,
      remedy:
        'find who signs up with addresses that do not exist (the security lines of the log), and ask SES for its suppression list.',
      metric: rate('Reputation.BounceRate'),
      threshold: reviewedFrom.bounces,
      periods: 1,
    });
    new OperatorAlarm(this, 'complaints', {
      alarmTopicArn,
      runbook: 'mail-reputation',
      description: `${100 * reviewedFrom.complaints} % of what the account sends or more is reported as unwanted. SES pauses an account that goes on so.`,
      remedy: 'see which mails those are in the feedback that SES forwards to the sender, and stop them.',
      metric: rate('Reputation.ComplaintRate'),
      threshold: reviewedFrom.complaints,
      periods: 1,
    });
  }
}
