// The process manager that follows an order: it listens to orders and payments and sends commands to other streams.
import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_TIMEOUT_SECONDS,
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
        [PAYMENT_PROVIDER]: payments.provider,
        [PAYMENT_TIMEOUT_SECONDS]: String(payments.timeoutInSeconds),
        ...(apiKeySecretArn !== undefined && { [PAYMENT_API_KEY_SECRET_ARN]: apiKeySecretArn }),
      },
      // SQS delays a message by 15 minutes at most; a longer timer comes back in hops.
      longestDelay: Duration.minutes(15),
    });
    eventTable.grantAppend(this);
    if (apiKeySecretArn !== undefined) grantSecretValue(this, apiKeySecretArn);
  }
}
