// The process manager that follows an order: it listens to orders and payments and sends commands to other streams.
import { Duration } from 'aws-cdk-lib';
import { type Code, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_TIMEOUT_SECONDS,
  TIMER_QUEUE_URL,
} from '../../lambdas/bindings/environment.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { EventTable } from './event-table.ts';
import { grantSecretValue } from './secret-value.ts';
import { Subscriber } from './subscriber.ts';
import type { Subscription } from './subscription.ts';

export interface OrderFulfilmentProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly subscription: Subscription;
}

export class OrderFulfilment extends Subscriber {
  constructor(scope: Construct, id: string, { settings, code, eventTable, subscription }: OrderFulfilmentProps) {
    const { payments } = settings;
    const apiKeySecretArn = payments.provider === 'stripe' ? payments.apiKeySecretArn : undefined;
    super(scope, id, {
      settings,
      code,
      subscription,
      impact: 'Orders may stay unconfirmed, with stock reserved or money taken.',
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        [TIMER_QUEUE_URL]: subscription.queue.queueUrl,
        [PAYMENT_PROVIDER]: payments.provider,
        [PAYMENT_TIMEOUT_SECONDS]: String(payments.timeoutInSeconds),
        ...(apiKeySecretArn !== undefined && { [PAYMENT_API_KEY_SECRET_ARN]: apiKeySecretArn }),
      },
      // SQS delays a message by 15 minutes at most. A longer timer comes back in hops, each sent by the invocation that got
      // the one before, and from the sixteenth on Lambda would take that for a runaway loop. A timer ends at its deadline.
      longestDelay: Duration.minutes(15),
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    eventTable.grantAppend(this, ['fulfilment', 'order', 'product', 'payment']);
    subscription.grantSend(this);
    if (apiKeySecretArn !== undefined) grantSecretValue(this, apiKeySecretArn);
  }
}
