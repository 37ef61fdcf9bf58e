// The notifier: tells people by e-mail what became of their things, and notes in streams of its own what it has sent.
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
import type { EventTable } from '../events/event-table.ts';
import { Subscriber } from '../events/subscriber.ts';
import type { Subscription } from '../events/subscription.ts';
import { isInSandbox, sendsPerInvocation } from '../settings/email-settings.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { EmailSender } from './email-sender.ts';
import { UnsentEmailAlarms } from './unsent-email-alarms.ts';

export interface NotifierProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly subscription: Subscription;
  readonly sender: EmailSender;
  /** Categories of the streams that it notes in. */
  readonly appends: readonly string[];
  /** What it means for users when messages are not processed, as a sentence for the alarm. */
  readonly impact: string;
}

export class Notifier extends Subscriber {
  constructor(scope: Construct, id: string, props: NotifierProps) {
    const { settings, code, eventTable, subscription, sender, appends, impact } = props;
    super(scope, id, {
      settings,
      code,
      subscription,
      impact,
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
    eventTable.grantAppend(this, appends);
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
