// The alarms on e-mails that SES does not take.
import { Construct } from 'constructs';
import {
  EMAILS_BLOCKED,
  EMAILS_DELAYED,
  EMAILS_EXPIRED,
  EMAILS_REFUSED,
} from '../../../lambdas/spine/bindings/metrics.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import { serviceMetric } from '../operations/service-metric.ts';
import type { EmailOfStage } from '../settings/email-settings.ts';
import type { StageSettings } from '../settings/stage-settings.ts';

export interface UnsentEmailAlarmsProps {
  readonly settings: StageSettings & EmailOfStage;
  /** The service that publishes the metrics. */
  readonly service: string;
}

export class UnsentEmailAlarms extends Construct {
  constructor(scope: Construct, id: string, { settings, service }: UnsentEmailAlarmsProps) {
    super(scope, id);
    new OperatorAlarm(this, 'blocked-alarm', {
      settings,
      description:
        'SES does not take e-mails until somebody acts. What waits is then sent by itself; after two days it is in the dead-letter queue.',
      remedy:
        'by the code in the log, verify the sender, leave the sandbox of SES or verify the recipient, resume sending, or permit the function to send; redrive what is in the dead-letter queue.',
      metric: serviceMetric(settings, service, EMAILS_BLOCKED),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'delayed-alarm', {
      settings,
      description: 'E-mails have had to wait for SES for half an hour. What waits is sent by itself.',
      remedy: `if SES is sound, its rate or its daily quota is too low for the orders: have it raised, and deploy with -c emailSendsPerSecond (now ${settings.email.sendsPerSecond}) set to the account’s MaxSendRate.`,
      metric: serviceMetric(settings, service, EMAILS_DELAYED),
      threshold: 1,
      periods: 6,
    });
    new OperatorAlarm(this, 'refused-alarm', {
      settings,
      description:
        'SES has refused e-mails for good, so their customers get none. The log has the event of each order and the code.',
      remedy:
        'tell the customer in another way where the code is address_not_supported, which is the address; look for a defect of ours where many are bad_request.',
      metric: serviceMetric(settings, service, EMAILS_REFUSED),
      threshold: 1,
      periods: 1,
    });
    new OperatorAlarm(this, 'expired-alarm', {
      settings,
      description:
        'E-mails are not sent any more, because nobody tried to within a day of their events: their messages were redriven too late, or events replayed.',
      remedy: 'tell the customers in another way, unless it was a replay; the log has the event of each order.',
      metric: serviceMetric(settings, service, EMAILS_EXPIRED),
      threshold: 1,
      periods: 1,
    });
  }
}
