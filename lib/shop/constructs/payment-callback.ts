// What the function that the payment provider calls needs. It checks the signature itself: the provider has no token.
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { PAYMENT_CALLBACK_SECRET_ARN } from '../../../lambdas/shop/bindings/environment.ts';
import { REFUNDS_FAILED, SIGNATURE_REFUSED } from '../../../lambdas/shop/bindings/metrics.ts';
import { STAGE } from '../../../lambdas/spine/bindings/environment.ts';
import { LogAlarm } from '../../spine/operations/log-alarm.ts';
import { OperatorAlarm } from '../../spine/operations/operator-alarm.ts';
import { grantSecretValue } from '../../spine/operations/secret-value.ts';
import { serviceMetric } from '../../spine/operations/service-metric.ts';
import type { StageSettings } from '../../spine/settings/stage-settings.ts';
import { isOnOneMachine } from '../../spine/settings/stages.ts';
import type { ComputeStack } from '../../spine/stacks/compute-stack.ts';
import type { CallbackSecret } from './callback-secret.ts';

const name = 'payment-callback';

/** With a wrong clock, or a secret changed on one side only, every callback is refused; a forger tries many. */
const manyRefusedSignatures = 5;

/** @param secret what the provider signs its calls with */
export function addPaymentCallback(compute: ComputeStack, settings: StageSettings, secret: CallbackSecret): void {
  const callback = compute.functionNamed(name);
  callback.function.addEnvironment(STAGE, settings.stage);
  callback.function.addEnvironment(PAYMENT_CALLBACK_SECRET_ARN, secret.secretArn);
  grantSecretValue(callback, secret.secretArn);
  const { stage, alarmTopicArn } = settings;
  new OperatorAlarm(callback, 'refund-alarm', {
    alarmTopicArn,
    runbook: 'failed-refunds',
    description:
      'The payment provider could not give a customer the money back: the event RefundFailed in the stream of the payment names the refund.',
    remedy: 'give the money back in another way, such as by a transfer, and tell the customer.',
    metric: serviceMetric(settings, name, REFUNDS_FAILED),
    threshold: 1,
    periods: 1,
  });
  // One machine has no metric filters.
  if (isOnOneMachine(settings.stage)) return;
  new LogAlarm(compute.alarms, 'refused-signatures', {
    stage,
    alarmTopicArn,
    runbook: 'refused-signatures',
    logGroup: callback.logs,
    pattern: FilterPattern.stringValue('$.code', '=', SIGNATURE_REFUSED),
    metricName: 'RefusedSignatures',
    threshold: manyRefusedSignatures,
    description: `${manyRefusedSignatures} payment callbacks or more were refused for their signature in five minutes. Payments may stay unanswered until their time-out.`,
    remedy:
      'read the reason in the log of payment-callback: forged on every call means that provider and secret differ (put the provider’s into payment-callback-secret), stale that a clock is off; from a strange address it is a forger, and nothing was let in.',
  });
}
