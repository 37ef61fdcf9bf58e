// Reads a stage's settings from the context of a CDK command line: `-c stage=dev -c corsOrigins=https://shop.example`.
import type { Node } from 'constructs';
import { stageSettings } from './config.ts';
import { count, override } from './context-values.ts';
import { edgeOverride } from './edge-context.ts';
import { operationOverride } from './operation-context.ts';
import type { StageOverrides, StageSettings } from './stage-settings.ts';

const tokenKeys = ['tokenIssuer', 'tokenAudience', 'tokenJwksUri'] as const;

/**
 * @throws Error if the stage is missing or unknown, only some of the token keys are given, a key of the edge is given that is
 * switched off, or the settings break a rule.
 */
export function settingsFromContext(node: Node): StageSettings {
  const edge = edgeOverride(node);
  return stageSettings(node.tryGetContext('stage'), {
    ...tokenOverride(node),
    ...override(node, 'corsOrigins', (value) => ({ corsOrigins: value === '' ? [] : value.split(',') })),
    ...override(node, 'frontDoor', (value) => ({ frontDoor: value })),
    ...override(node, 'changeImages', (value) => ({ changeImages: value })),
    ...override(node, 'fanOut', (value) => ({ fanOut: value })),
    ...override(node, 'wireVersion', (value, key) => ({ wireVersion: count(value, key, 'a wire version') })),
    ...override(node, 'openOrdersPerCustomer', (value, key) => ({
      openOrdersPerCustomer: count(value, key, 'orders'),
    })),
    ...override(node, 'publicConcurrency', (value, key) => ({
      publicConcurrency: value === 'unreserved' ? ('unreserved' as const) : count(value, key, 'invocations'),
    })),
    ...operationOverride(node),
    payments: {
      ...override(node, 'paymentProvider', (value) => ({ provider: value })),
      ...override(node, 'paymentTimeoutSeconds', (value, key) => ({ timeoutInSeconds: count(value, key, 'seconds') })),
      ...override(node, 'paymentApiKeySecretArn', (value) => ({ apiKeySecretArn: value })),
    },
    email: {
      ...override(node, 'emailSender', (value) => ({ sender: value })),
      ...override(node, 'emailIdentity', (value) => ({ identity: value })),
      ...override(node, 'emailEndpoint', (value) => ({ endpoint: value })),
      ...override(node, 'emailSendsPerSecond', (value, key) => ({ sendsPerSecond: count(value, key, 'e-mails') })),
    },
    ...(edge !== undefined && { edge }),
  });
}

function tokenOverride(node: Node): StageOverrides {
  const [issuer, audience, jwksUri] = tokenKeys.map((key): unknown => node.tryGetContext(key));
  if (issuer === undefined && audience === undefined && jwksUri === undefined) return {};
  if (issuer === undefined || audience === undefined || jwksUri === undefined) {
    const missing = tokenKeys.filter((key) => node.tryGetContext(key) === undefined);
    throw new Error(`Another token issuer takes all of ${tokenKeys.join(', ')}; missing: ${missing.join(', ')}.`);
  }
  return { tokens: { issuer: String(issuer), audience: String(audience), jwksUri: String(jwksUri) } };
}
