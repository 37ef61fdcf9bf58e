// The notifier: tells customers by e-mail what became of their orders, and notes in a stream of its own what it has sent.
import { Duration, Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EMAILS_PER_SECOND,
  EVENT_TABLE,
  SENDER_ADDRESS,
  SES_ENDPOINT,
  STAGE,
} from '../../../lambdas/spine/bindings/environment.ts';
import type { EventTable } from '../../spine/events/event-table.ts';
import { Subscriber } from '../../spine/events/subscriber.ts';
import type { Subscription } from '../../spine/events/subscription.ts';
import type { EmailSender } from '../../spine/notifications/email-sender.ts';
import { UnsentEmailAlarms } from '../../spine/notifications/unsent-email-alarms.ts';
import { isInSandbox, sendsPerInvocation } from '../../spine/settings/email-settings.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';

export interface NotificationsProps {
  readonly settings: ShopSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly subscription: Subscription;
  readonly sender: EmailSender;
}

export class Notifications extends Subscriber {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    const { settings, code, eventTable, subscription, sender } = props;
    super(scope, id, {
      settings,
      code,
      subscription,
      impact:
        'Customers have not got an e-mail. Mend the cause, then redrive within a day of the orders’ events; what SES did not take for two days is redriven for 14 days.',
      maximumConcurrency: settings.email.maximumConcurrency,
      // SQS delays a message by 15 minutes at most; what SES does not take waits so long each time.
      longestDelay: Duration.minutes(15),
      environment: {
        [STAGE]: settings.stage,
        [EVENT_TABLE]: eventTable.table.tableName,
        [SENDER_ADDRESS]: sender.address,
        [EMAILS_PER_SECOND]: String(sendsPerInvocation(settings.email)),
        ...(settings.email.endpoint !== undefined && { [SES_ENDPOINT]: settings.email.endpoint }),
      },
    });
    eventTable.grantAppend(this, ['notification']);
    sender.grantSend(this);
    if (isInSandbox(settings.email)) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
        reason: 'Whom the sandbox of SES lets an e-mail go to is known at run time; the sender’s address is fixed.',
      });
    }
    new UnsentEmailAlarms(this, 'unsent-email-alarms', { settings, service: id });
  }
}
