// The function that the payment provider calls. It checks the signature itself: the provider has no token.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_TABLE, PAYMENT_CALLBACK_SECRET_ARN, PAYMENT_PROVIDER } from '../../lambdas/bindings/environment.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { CallbackSecret } from './callback-secret.ts';
import type { EventTable } from './event-table.ts';
import { type OriginSecret, originLock } from './origin-secret.ts';
import { grantSecretValue } from './secret-value.ts';
import { ServiceFunction } from './service-function.ts';

export interface PaymentCallbackProps {
  readonly settings: StageSettings;
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
        [EVENT_TABLE]: eventTable.table.tableName,
        [PAYMENT_PROVIDER]: settings.payments.provider,
        [PAYMENT_CALLBACK_SECRET_ARN]: secret.secretArn,
        ...originLock(originSecret),
      },
    });
    eventTable.grantAppend(this, ['payment']);
    grantSecretValue(this, secret.secretArn);
  }
}
