// The notifier: tells people what the events of a category mean to them, and notes in streams of its own what it has sent.
import { Duration, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  NOTIFICATION_REGISTER,
  NOTIFICATIONS_PER_SECOND,
  SENDER_ADDRESS,
  SES_ENDPOINT,
} from '../../../lambdas/spine/bindings/environment.ts';
import type { EventTable } from '../events/event-table.ts';
import { type LagAlarmProps, Subscriber, type SubscriberProps } from '../events/subscriber.ts';
import type { FunctionDefaults } from '../operations/service-function.ts';
import type { MailSender } from './mail-sender.ts';
import { UnsentAlarms } from './unsent-alarms.ts';

export interface NotifierProps extends FunctionDefaults, Pick<SubscriberProps, 'subscription' | 'impact'> {
  readonly stage: string;
  readonly lagAlarm: LagAlarmProps;
  /** Code of a handler that `notificationFunction` has made. */
  readonly code: SubscriberProps['code'];
  readonly eventTable: EventTable;
  readonly sender: MailSender;
  /** Category of the streams that it notes in: its declaration's register. It may append to no other. */
  readonly register: string;
  /**
   * Whom the notifications go to, in the plural: a word for the alarms' texts.
   * @default 'recipients'
   */
  readonly recipients?: string;
}

/** SQS delays a message by 15 minutes at most; what SES does not take waits so long each time. */
const longestDelay = Duration.minutes(15);

export class Notifier extends Subscriber {
  constructor(scope: Construct, id: string, props: NotifierProps) {
    const { stage, alarmTopicArn, eventTable, sender, register, recipients = 'recipients' } = props;
    super(scope, id, {
      ...props,
      maximumConcurrency: sender.maximumConcurrency,
      longestDelay,
      lagAlarm: { ...props.lagAlarm, waits: longestDelay },
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        [NOTIFICATION_REGISTER]: register,
        [SENDER_ADDRESS]: sender.address,
        [NOTIFICATIONS_PER_SECOND]: String(sender.sendsPerInvocation),
        ...(sender.endpoint !== undefined && { [SES_ENDPOINT]: sender.endpoint }),
      },
    });
    eventTable.grantAppend(this, [register]);
    sender.grantSend(this);
    if (sender.isInSandbox) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
        reason: 'Whom the sandbox of SES lets a mail go to is known at run time; the sender’s address is fixed.',
      });
    }
    new UnsentAlarms(this, 'unsent-alarms', {
      stage,
      alarmTopicArn,
      recipients,
      service: id,
      sendsPerSecond: sender.sendsPerSecond,
    });
  }
}
