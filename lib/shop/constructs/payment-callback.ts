// The function that the payment provider calls. It checks the signature itself: the provider has no token.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_TABLE,
  PAYMENT_CALLBACK_SECRET_ARN,
  PAYMENT_PROVIDER,
  STAGE,
} from '../../../lambdas/spine/bindings/environment.ts';
import { REFUNDS_FAILED } from '../../../lambdas/spine/bindings/metrics.ts';
import { type OriginSecret, originLock } from '../../spine/edge/origin-secret.ts';
import type { EventTable } from '../../spine/events/event-table.ts';
import { OperatorAlarm } from '../../spine/operations/operator-alarm.ts';
import { grantSecretValue } from '../../spine/operations/secret-value.ts';
import { ServiceFunction } from '../../spine/operations/service-function.ts';
import { serviceMetric } from '../../spine/operations/service-metric.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';
import type { CallbackSecret } from './callback-secret.ts';

export interface PaymentCallbackProps {
  readonly settings: ShopSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  /** What the provider signs its calls with. */
  readonly secret: CallbackSecret;
  /** How it knows the edge; there on a stage with one. */
  readonly originSecret: OriginSecret | undefined;
}

export class PaymentCallback extends ServiceFunction {
  constructor(scope: Construct, id: string, props: PaymentCallbackProps) {
    const { settings, code, eventTable, secret, originSecret } = props;
    super(scope, id, {
      settings,
      code,
      size: settings.http,
      logRetention: settings.requestLogRetention,
      environment: {
        [STAGE]: settings.stage,
        [EVENT_TABLE]: eventTable.table.tableName,
        [PAYMENT_PROVIDER]: settings.payments.provider,
        [PAYMENT_CALLBACK_SECRET_ARN]: secret.secretArn,
        ...originLock(originSecret),
      },
    });
    new OperatorAlarm(this, 'refund-alarm', {
      settings,
      description:
        'The payment provider could not give a customer the money back: the event RefundFailed in the stream of the payment names the refund.',
      remedy: 'give the money back in another way, such as by a transfer, and tell the customer.',
      metric: serviceMetric(settings, id, REFUNDS_FAILED),
      threshold: 1,
      periods: 1,
    });
    eventTable.grantAppend(this, ['payment']);
    grantSecretValue(this, secret.secretArn);
  }
}
