// The notifier of an application that is none of ours.
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { expect, it } from 'vitest';
import { EventTable } from '../../lib/spine/events/event-table.ts';
import { Subscription } from '../../lib/spine/events/subscription.ts';
import { MailSender } from '../../lib/spine/notifications/mail-sender.ts';
import { Notifier } from '../../lib/spine/notifications/notifier.ts';
import { functionDefaults } from '../../lib/spine/settings/construct-props.ts';
import { settingsOf } from './deployment.ts';

function library(): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'library');
  const settings = settingsOf('dev');
  const removalPolicy = RemovalPolicy.DESTROY;
  const sender = new MailSender(stack, 'sender', {
    ...{ sender: 'desk@library.example', identity: 'library.example' },
    ...{ sendsPerSecond: 14, maximumConcurrency: 2 },
  });
  new Notifier(stack, 'lending-notices', {
    ...{
      ...functionDefaults(settings),
      lagAlarm: { lagAlarmSeconds: 60 },
      stage: 'dev',
      sender,
      register: 'chase',
      impact: 'Readers have not been told.',
      code: Code.fromInline('exports.handler = async () => undefined;'),
    },
    eventTable: new EventTable(stack, 'events', { removalPolicy, deletionProtection: false, throughput: undefined }),
    subscription: new Subscription(stack, 'lending-notices-queue', {
      ...{ subscriber: settings.subscriber, removalPolicy, streamsPerSecond: sender.sendsPerInvocation },
    }),
  });
  return Template.fromStack(stack);
}

it('sends from its own sender, at its share of the rate', () => {
  library().hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        SENDER_ADDRESS: 'desk@library.example',
        NOTIFICATIONS_PER_SECOND: '7',
        NOTIFICATION_REGISTER: 'chase',
      }),
    },
  });
});

it('may append to its register, and to no stream besides', () => {
  library().hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'dynamodb:PutItem',
          Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['chase-*'] } },
        }),
      ]),
    },
  });
});

it('rings in words that fit any recipient', () => {
  const alarms = Object.values(library().findResources('AWS::CloudWatch::Alarm'));
  const texts = alarms.map(({ Properties }) => String(Properties['AlarmDescription']));
  expect(texts.filter((text) => text.includes('recipients')).length).toBe(2);
  expect(texts.filter((text) => /orders?\b|customers/.test(text))).toEqual([]);
});
