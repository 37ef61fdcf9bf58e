// The notifier: tells customers by e-mail what became of their orders, and notes in a stream of its own what it has sent.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE, SENDER_ADDRESS, SES_ENDPOINT } from '../../lambdas/bindings/environment.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { EmailSender } from './email-sender.ts';
import type { EventTable } from './event-table.ts';
import { Subscriber } from './subscriber.ts';
import type { Subscription } from './subscription.ts';

export interface NotificationsProps {
  readonly settings: StageSettings;
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
      impact: 'Customers may not have got an e-mail.',
      maximumConcurrency: settings.email.maximumConcurrency,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        [SENDER_ADDRESS]: sender.address,
        ...(settings.email.endpoint !== undefined && { [SES_ENDPOINT]: settings.email.endpoint }),
      },
    });
    eventTable.grantAppend(this, ['notification']);
    sender.grantSend(this);
  }
}
