// Reads what replaces a stage's edge settings from the context of a CDK command line: `-c edge=off -c edgeTagsPerMonth=500`.
import type { Node } from 'constructs';
import { count, override } from './context-values.ts';
import type { EdgeOverride } from './edge-settings.ts';

const edgeKeys = [
  'edgeSharedLifetimeSeconds',
  'edgeTagsPerMonth',
  'edgeRateLimit',
  'edgeWebAclArn',
  'edgeDomainName',
  'edgeCertificateArn',
  'edgeSecretVersion',
  'edgeSecretAlsoAccepted',
] as const;

/** @returns `undefined` when nothing is said of the edge @throws Error if the edge is neither on nor off, off but has settings, or a number is none. */
export function edgeOverride(node: Node): EdgeOverride | undefined {
  const given = edgeKeys.filter((key) => node.tryGetContext(key) !== undefined);
  const isUnsaid = node.tryGetContext('edge') === undefined;
  if (isUnsaid && given.length === 0) return undefined;
  const edge: unknown = isUnsaid ? 'on' : node.tryGetContext('edge');
  if (edge !== 'on' && edge !== 'off') throw new Error(`edge must be on or off, got ${JSON.stringify(edge)}.`);
  if (edge === 'off') {
    if (given.length > 0)
      throw new Error(`Without an edge none of its settings may be given, got ${given.join(', ')}.`);
    return 'off';
  }
  const domain = {
    ...override(node, 'edgeDomainName', (value) => ({ name: value })),
    ...override(node, 'edgeCertificateArn', (value) => ({ certificateArn: value })),
  };
  return {
    ...override(node, 'edgeSharedLifetimeSeconds', (value, key) => ({
      sharedLifetimeInSeconds: count(value, key, 'seconds'),
    })),
    ...override(node, 'edgeRateLimit', (value, key) => ({ rateLimitPerFiveMinutes: count(value, key, 'requests') })),
    ...override(node, 'edgeWebAclArn', (value) => ({ webAclArn: value })),
    ...override(node, 'edgeSecretVersion', (value) => ({ originSecretVersionId: value })),
    ...override(node, 'edgeSecretAlsoAccepted', (value) => ({ alsoAcceptedSecretVersionId: value })),
    ...(Object.keys(domain).length > 0 && { domain }),
    invalidation: override(node, 'edgeTagsPerMonth', (value, key) => ({ tagsPerMonth: count(value, key, 'tags') })),
  };
}
