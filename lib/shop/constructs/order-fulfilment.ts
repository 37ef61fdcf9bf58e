// The process manager that follows an order: it listens to orders and payments and sends commands to other streams.
import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  OUTAGE_SECONDS,
  PAYMENT_API_KEY_SECRET_ARN,
  PAYMENT_PROVIDER,
  PAYMENT_TIMEOUT_SECONDS,
  STAGE,
} from '../../../lambdas/spine/bindings/environment.ts';
import { LONG_WAITS } from '../../../lambdas/spine/bindings/metrics.ts';
import type { EventTable } from '../../spine/events/event-table.ts';
import { Subscriber } from '../../spine/events/subscriber.ts';
import type { Subscription } from '../../spine/events/subscription.ts';
import { OperatorAlarm } from '../../spine/operations/operator-alarm.ts';
import { grantSecretValue } from '../../spine/operations/secret-value.ts';
import { serviceMetric } from '../../spine/operations/service-metric.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';

export interface OrderFulfilmentProps {
  readonly settings: ShopSettings;
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
        [STAGE]: settings.stage,
        [OUTAGE_SECONDS]: String(settings.outageInSeconds),
        [PAYMENT_PROVIDER]: payments.provider,
        [PAYMENT_TIMEOUT_SECONDS]: String(payments.timeoutInSeconds),
        ...(apiKeySecretArn !== undefined && { [PAYMENT_API_KEY_SECRET_ARN]: apiKeySecretArn }),
      },
      // SQS delays a message by 15 minutes at most; a longer timer comes back in hops.
      longestDelay: Duration.minutes(15),
    });
    new OperatorAlarm(this, 'waiting-alarm', {
      settings,
      description:
        'Orders have been waiting for 10 minutes or more for something that is down. They go on by themselves when it is back.',
      remedy: 'find what they wait for in the log of the order fulfilment, and bring it back.',
      metric: serviceMetric(settings, id, LONG_WAITS),
      threshold: 1,
      periods: 1,
    });
    eventTable.grantAppend(this, ['fulfilment', 'order', 'stock', 'payment']);
    if (apiKeySecretArn !== undefined) grantSecretValue(this, apiKeySecretArn);
  }
}
