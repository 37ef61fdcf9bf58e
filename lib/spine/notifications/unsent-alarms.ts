// The alarms on notifications that SES does not take.
import { Construct } from 'constructs';
import {
  NOTIFICATIONS_BLOCKED,
  NOTIFICATIONS_DELAYED,
  NOTIFICATIONS_EXPIRED,
  NOTIFICATIONS_REFUSED,
} from '../../../lambdas/spine/bindings/metrics.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import { serviceMetric } from '../operations/service-metric.ts';

export interface UnsentAlarmsProps {
  readonly stage: string;
  readonly alarmTopicArn: string | undefined;
  /** The service that publishes the metrics. */
  readonly service: string;
  /** Mails that the stage sends a second. */
  readonly sendsPerSecond: number;
  /** Whom they go to, in the plural. */
  readonly recipients: string;
}

export class UnsentAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, alarmTopicArn, service, sendsPerSecond, recipients }: UnsentAlarmsProps,
  ) {
    super(scope, id);
    new OperatorAlarm(this, 'blocked-alarm', {
      alarmTopicArn,
      runbook: 'blocked-notifications',
      description:
        'SES does not take notifications until somebody acts. What waits is then sent by itself; after two days it is in the dead-letter queue.',
      remedy:
        'by the code in the log, verify the sender, leave the sandbox of SES or verify the recipient, resume sending, or permit the function to send; redrive what is in the dead-letter queue.',
      metric: serviceMetric({ stage }, service, NOTIFICATIONS_BLOCKED),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'delayed-alarm', {
      alarmTopicArn,
      runbook: 'delayed-notifications',
      description: 'Notifications have had to wait for SES for half an hour. What waits is sent by itself.',
      remedy: `if SES is sound, its rate or its daily quota is too low for what happens: have it raised, and deploy with -c emailSendsPerSecond (now ${sendsPerSecond}) set to the account’s MaxSendRate.`,
      metric: serviceMetric({ stage }, service, NOTIFICATIONS_DELAYED),
      threshold: 1,
      periods: 6,
    });
    new OperatorAlarm(this, 'refused-alarm', {
      alarmTopicArn,
      runbook: 'refused-notifications',
      description: `SES has refused notifications for good, so their ${recipients} get none. The log has the event of each and the code.`,
      remedy: `tell the ${recipients} in another way where the code is address_not_supported, which is the address; look for a defect of ours where many are bad_request.`,
      metric: serviceMetric({ stage }, service, NOTIFICATIONS_REFUSED),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'expired-alarm', {
      alarmTopicArn,
      runbook: 'expired-notifications',
      description:
        'Notifications are not sent any more, because nobody tried to within a day of their events: their messages were redriven too late, or events replayed.',
      remedy: `tell the ${recipients} in another way, unless it was a replay; the log has the event of each.`,
      metric: serviceMetric({ stage }, service, NOTIFICATIONS_EXPIRED),
      threshold: 1,
      periods: 1,
    });
  }
}
