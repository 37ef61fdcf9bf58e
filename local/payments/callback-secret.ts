// Finds what the payment provider's callbacks are signed with.
import * as z from 'zod';
import { PAYMENT_CALLBACK_SECRET_ARN } from '../../lambdas/shop/bindings/environment.ts';
import type { Resource } from '../ports.ts';

const withCallbackSecret = z.object({
  Environment: z.object({ Variables: z.object({ [PAYMENT_CALLBACK_SECRET_ARN]: z.string() }) }),
});

/** @returns the ARN of the secret that a function of the template checks callbacks with; `undefined` when none does */
export function callbackSecretArn(resources: readonly Resource[]): string | undefined {
  for (const { type, properties } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { data } = withCallbackSecret.safeParse(properties);
    if (data !== undefined) return data.Environment.Variables[PAYMENT_CALLBACK_SECRET_ARN];
  }
  return undefined;
}
