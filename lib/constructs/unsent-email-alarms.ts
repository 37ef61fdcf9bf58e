// The alarms on e-mails that SES does not take.
import { Construct } from 'constructs';
import { EMAILS_BLOCKED, EMAILS_DELAYED, EMAILS_REFUSED } from '../../lambdas/bindings/metrics.ts';
import type { StageSettings } from '../stage-settings.ts';
import { OperatorAlarm } from './operator-alarm.ts';
import { serviceMetric } from './service-metric.ts';

export interface UnsentEmailAlarmsProps {
  readonly settings: StageSettings;
  /** The service that publishes the metrics. */
  readonly service: string;
}

export class UnsentEmailAlarms extends Construct {
  constructor(scope: Construct, id: string, { settings, service }: UnsentEmailAlarmsProps) {
    super(scope, id);
    new OperatorAlarm(this, 'blocked-alarm', {
      settings,
      description:
        'SES does not take e-mails until somebody acts. The log has the code: verify the sender, leave the sandbox of SES or verify the recipient, resume sending, or permit the function to send. What waits is then sent by itself; after two days it is in the dead-letter queue, to be redriven.',
      metric: serviceMetric(settings, service, EMAILS_BLOCKED),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'delayed-alarm', {
      settings,
      description: `E-mails have had to wait for SES for half an hour. If SES is sound, its rate or its daily quota is too low for the orders: have it raised, and set email.sendsPerSecond (${settings.email.sendsPerSecond}) to the account’s MaxSendRate. What waits is sent by itself.`,
      metric: serviceMetric(settings, service, EMAILS_DELAYED),
      threshold: 1,
      periods: 6,
    });
    new OperatorAlarm(this, 'refused-alarm', {
      settings,
      description:
        'SES has refused e-mails for good, so their customers get none. The log has each order’s event and the code: address_not_supported is the customer’s address, bad_request in numbers is a defect of ours.',
      metric: serviceMetric(settings, service, EMAILS_REFUSED),
      threshold: 1,
      periods: 1,
    });
  }
}
