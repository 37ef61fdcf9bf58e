// Reads a stage's settings from the context of a CDK command line: `-c stage=dev -c corsOrigins=https://shop.example`.
import type { Node } from 'constructs';
import { stageSettings } from './config.ts';
import type { StageOverrides, StageSettings } from './stage-settings.ts';

const tokenKeys = ['tokenIssuer', 'tokenAudience', 'tokenJwksUri'] as const;

/** @throws Error if the stage is missing or unknown, or if only some of the token keys are given. */
export function settingsFromContext(node: Node): StageSettings {
  return stageSettings(node.tryGetContext('stage'), {
    ...tokenOverride(node),
    ...override(node, 'corsOrigins', (value) => ({ corsOrigins: value.split(',') })),
    ...override(node, 'alarmTopicArn', (value) => ({ alarmTopicArn: value })),
  });
}

function override(node: Node, key: string, read: (value: string) => StageOverrides): StageOverrides {
  const value: unknown = node.tryGetContext(key);
  return value === undefined ? {} : read(String(value));
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
