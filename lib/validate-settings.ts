// The rules that a stage's settings obey, checked before anything is synthesised.
import { brokenEdgeRules } from './edge-rules.ts';
import { brokenEmailRules } from './email-settings.ts';
import { brokenPaymentRules } from './payment-settings.ts';
import type { StageSettings, UncheckedSettings } from './stage-settings.ts';

/** API Gateway gives up on an integration after 30 s; the function has to answer first. */
const longestHttpTimeoutInSeconds = 29;

/** Lambda holds a batch for that long while it retries an invocation that was throttled. */
const visibilityTimeoutsPerFunctionTimeout = 6;

function* brokenRules(settings: UncheckedSettings): Generator<string> {
  const { stage, http, eventStream, subscriber, tokens } = settings;
  if (http.timeoutInSeconds > longestHttpTimeoutInSeconds) {
    yield `http.timeoutInSeconds must be at most ${longestHttpTimeoutInSeconds}, got ${http.timeoutInSeconds}`;
  }
  if (eventStream.shards !== 'on-demand' && eventStream.lanes < eventStream.shards) {
    yield `eventStream.lanes must be at least eventStream.shards (${eventStream.shards}), got ${eventStream.lanes}`;
  }
  // The local host never throttles its own functions, and there a crash should be retried within seconds.
  const multiple = stage === 'local' ? 1 : visibilityTimeoutsPerFunctionTimeout;
  const shortestVisibility = multiple * subscriber.timeoutInSeconds;
  if (subscriber.visibilityTimeoutInSeconds < shortestVisibility) {
    yield `subscriber.visibilityTimeoutInSeconds must be at least ${multiple} × its timeout (${shortestVisibility}), got ${subscriber.visibilityTimeoutInSeconds}`;
  }
  if (tokens !== undefined) {
    if (!isUrl(tokens.issuer, ['https:'])) yield `tokens.issuer must be an https URL, got "${tokens.issuer}"`;
    if (tokens.audience === '') yield 'tokens.audience must not be empty';
    const protocols = stage === 'local' ? ['http:', 'https:'] : ['https:'];
    if (!isUrl(tokens.jwksUri, protocols)) yield `tokens.jwksUri must be an https URL, got "${tokens.jwksUri}"`;
  }
  yield* brokenPaymentRules(settings.payments);
  yield* brokenEmailRules(settings.email);
  if (settings.edge !== undefined) yield* brokenEdgeRules(settings.edge);
}

const isUrl = (text: string, protocols: readonly string[]): boolean => {
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol);
};

/** @throws Error that lists every rule the settings break. */
export function validateSettings(settings: UncheckedSettings): asserts settings is StageSettings {
  const broken = [...brokenRules(settings)];
  if (broken.length > 0) throw new Error(`Stage ${settings.stage}: ${broken.join('; ')}.`);
}
