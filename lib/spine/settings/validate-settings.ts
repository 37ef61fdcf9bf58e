// The rules that a stage's settings obey, checked before anything is synthesised.

import { brokenPaymentRules } from '../../shop/settings/payment-settings.ts';
import { brokenCapacityRules } from './capacity-settings.ts';
import { brokenEdgeRules } from './edge-rules.ts';
import { brokenEmailRules } from './email-settings.ts';
import { brokenFrontDoorRules } from './front-door.ts';
import { brokenOperationRules } from './operation-rules.ts';
import { brokenPipelineRules } from './pipeline-settings.ts';
import type { StageSettings, UncheckedSettings } from './stage-settings.ts';
import { isOnOneMachine } from './stages.ts';
import { brokenTokenRules } from './token-issuer.ts';

/** API Gateway gives up on an integration after 30 s; the function has to answer first. */
const longestHttpTimeoutInSeconds = 29;

/**
 * Lambda holds a batch for that long while it retries an invocation that was throttled
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
const visibilityTimeoutsPerFunctionTimeout = 6;

/** As many as one `Query` of the index counts: it reads 1 MB, and a row of keys has less than 1 KB. */
export const mostOpenOrdersPerCustomer = 1_000;

function* brokenRules(settings: UncheckedSettings): Generator<string> {
  const { stage, http, subscriber, tokens, openOrdersPerCustomer } = settings;
  if (http.timeoutInSeconds > longestHttpTimeoutInSeconds) {
    yield `http.timeoutInSeconds must be at most ${longestHttpTimeoutInSeconds}, got ${http.timeoutInSeconds}`;
  }
  // Nobody throttles functions on a machine of one's own, and there a crash should be retried within seconds.
  const multiple = isOnOneMachine(stage) ? 1 : visibilityTimeoutsPerFunctionTimeout;
  const shortestVisibility = multiple * subscriber.timeoutInSeconds;
  if (subscriber.visibilityTimeoutInSeconds < shortestVisibility) {
    yield `subscriber.visibilityTimeoutInSeconds must be at least ${multiple} × its timeout (${shortestVisibility}), got ${subscriber.visibilityTimeoutInSeconds}`;
  }
  const { outageInSeconds, changeImages = 'both' } = settings;
  if (changeImages !== 'both' && changeImages !== 'new') {
    yield `changeImages (-c changeImages) must be "both" or "new", got "${changeImages}"`;
  }
  if (outageInSeconds !== undefined && !(Number.isInteger(outageInSeconds) && outageInSeconds >= 1)) {
    yield `outageInSeconds must be a whole number from 1, got ${outageInSeconds}`;
  }
  if (
    !Number.isInteger(openOrdersPerCustomer) ||
    openOrdersPerCustomer < 1 ||
    openOrdersPerCustomer > mostOpenOrdersPerCustomer
  ) {
    yield `openOrdersPerCustomer (-c openOrdersPerCustomer) must be a whole number from 1 to ${mostOpenOrdersPerCustomer}, got ${openOrdersPerCustomer}`;
  }
  yield* brokenPipelineRules(stage, settings);
  yield* brokenCapacityRules(settings);
  yield* brokenFrontDoorRules(settings);
  yield* brokenTokenRules(tokens, isOnOneMachine(stage));
  yield* brokenPaymentRules(settings.payments);
  yield* brokenEmailRules(settings.email, isOnOneMachine(stage));
  if (settings.edge !== undefined) yield* brokenEdgeRules(settings.edge);
  yield* brokenOperationRules(settings);
}

/** @throws Error that lists every rule the settings break. */
export function validateSettings(settings: UncheckedSettings): asserts settings is StageSettings {
  const broken = [...brokenRules(settings)];
  if (broken.length > 0) throw new Error(`Stage ${settings.stage}: ${broken.join('; ')}.`);
}
