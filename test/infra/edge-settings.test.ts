import { describe, expect, it } from 'vitest';
import type { ShopOverrides } from '../../lib/shop/settings/shop-settings.ts';
import { stages } from '../../lib/spine/settings/stages.ts';
import * as deployment from './deployment.ts';
import { settingsOf, stageSettings } from './deployment.ts';

type EdgeOverride = NonNullable<ShopOverrides['edge']>;

const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/5c0f';
const domain = {
  name: 'api.shop.example',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/5c0f-11ee',
};
const edgeOf = (edge: EdgeOverride) => settingsOf('dev', { edge }).edge;
const fromCommandLine = (context: Record<string, string>) =>
  deployment.fromCommandLine({ stage: 'dev', emailSender: 'orders@shop.example', ...context }).edge;

describe('edge settings of a stage', () => {
  it.each(stages)(
    'of %s have an edge, unless it acts as AWS on a machine, and none when it is switched off',
    (stage) => {
      expect(settingsOf(stage).edge !== undefined).toBe(stage !== 'localstack');
      expect(settingsOf(stage, { edge: 'off' })).not.toHaveProperty('edge');
    },
  );

  it('are refused on a stage without an edge', () => {
    expect(() => settingsOf('localstack', { edge: {} })).toThrow(
      'This stage has no edge: edge must be off or not given.',
    );
  });

  it('of the local stage gather nothing, so that a change shows at once', () => {
    expect(stageSettings('local').edge).toMatchObject({
      sharedLifetimeInSeconds: 60,
      invalidation: { windowInSeconds: 0 },
    });
  });

  it.each([
    ['dev', 0],
    ['prod', 100],
  ] as const)('of %s spend at most $%i on invalidations in a month', (stage, dollars) => {
    const { tagsPerMonth = 0, burst = 0 } = settingsOf(stage).edge?.invalidation ?? {};
    const tagsWithoutCharge = 1_000;
    expect(Math.max(0, tagsPerMonth + burst - tagsWithoutCharge) * 0.005).toBe(dollars);
  });

  it('keep what an override leaves out', () => {
    const before = settingsOf('dev').edge;
    expect(edgeOf({ invalidation: { tagsPerMonth: 500 } })).toEqual({
      ...before,
      invalidation: { ...before?.invalidation, tagsPerMonth: 500 },
    });
  });

  it.each([
    [
      { sharedLifetimeInSeconds: 0 },
      'edge.sharedLifetimeInSeconds (-c edgeSharedLifetimeSeconds) must be a whole number from 1 to 31536000, got 0',
    ],
    [{ sharedLifetimeInSeconds: 31_536_001 }, 'must be a whole number from 1 to 31536000, got 31536001'],
    [
      { invalidation: { windowInSeconds: -1 } },
      'edge.invalidation.windowInSeconds must be a whole number from 0 to 300, got -1',
    ],
    [{ invalidation: { windowInSeconds: 301 } }, 'must be a whole number from 0 to 300, got 301'],
    [
      { invalidation: { collapseAbove: 0 } },
      'edge.invalidation.collapseAbove must be a whole number from 1 to 3000, got 0',
    ],
    [{ invalidation: { collapseAbove: 3_001, burst: 4_000 } }, 'must be a whole number from 1 to 3000, got 3001'],
    [
      { invalidation: { tagsPerMonth: 0.5 } },
      'edge.invalidation.tagsPerMonth (-c edgeTagsPerMonth) must be a whole number from 1, got 0.5',
    ],
    [
      { invalidation: { collapseAbove: 10, burst: 9 } },
      'edge.invalidation.burst must be a whole number and at least edge.invalidation.collapseAbove (10), or the tags of one collection could never be paid, got 9',
    ],
    [
      { rateLimitPerFiveMinutes: 9 },
      'edge.rateLimitPerFiveMinutes (-c edgeRateLimit) must be a whole number from 10 to 2000000000, got 9',
    ],
    [
      { webAclArn: webAclArn.replace('us-east-1', 'eu-central-1') },
      'edge.webAclArn (-c edgeWebAclArn) must be the ARN of a web ACL for CloudFront, in us-east-1, got "arn:aws:wafv2:eu-central-1',
    ],
    [{ webAclArn: webAclArn.replace('global', 'regional') }, 'must be the ARN of a web ACL for CloudFront'],
    [
      { webAclArn, rateLimitPerFiveMinutes: 2_000 },
      'edge.rateLimitPerFiveMinutes (-c edgeRateLimit) must not be set beside edge.webAclArn',
    ],
    [
      { originSecretVersionId: 'AWSPREVIOUS' },
      'edge.originSecretVersionId (-c edgeSecretVersion) must be the id of a secret\'s version, 32 to 64 letters, digits and hyphens, got "AWSPREVIOUS"',
    ],
    [
      { originSecretVersionId: 'a81bc81b-dead-4e5d-abff-90865d1e13b1', alsoAcceptedSecretVersionId: 'AWSPREVIOUS' },
      "edge.alsoAcceptedSecretVersionId (-c edgeSecretAlsoAccepted) must be the id of a secret's version",
    ],
    [
      { alsoAcceptedSecretVersionId: 'a81bc81b-dead-4e5d-abff-90865d1e13b1' },
      'edge.alsoAcceptedSecretVersionId (-c edgeSecretAlsoAccepted) must not be set without edge.originSecretVersionId',
    ],
    [
      { domain: { name: domain.name } },
      'edge.domain.certificateArn (-c edgeCertificateArn) must be the ARN of a certificate in us-east-1, got undefined',
    ],
    [
      { domain: { certificateArn: domain.certificateArn } },
      'edge.domain.name (-c edgeDomainName) must be a domain name in lower case, got undefined',
    ],
    [
      { domain: { ...domain, name: 'https://api.shop.example' } },
      'must be a domain name in lower case, got "https://api.shop.example"',
    ],
    [
      { domain: { ...domain, certificateArn: domain.certificateArn.replace('us-east-1', 'eu-west-1') } },
      'must be the ARN of a certificate in us-east-1',
    ],
  ] satisfies [EdgeOverride, string][])('refuse %j', (edge, message) => {
    expect(() => edgeOf(edge)).toThrow(message);
  });

  it.each([
    { sharedLifetimeInSeconds: 1 },
    { sharedLifetimeInSeconds: 31_536_000 },
    { invalidation: { windowInSeconds: 300 } },
    { invalidation: { collapseAbove: 3_000, burst: 3_000 } },
    { rateLimitPerFiveMinutes: 10 },
    { webAclArn },
    { domain },
    { originSecretVersionId: 'a81bc81b-dead-4e5d-abff-90865d1e13b1' },
  ] satisfies EdgeOverride[])('take %j', (edge) => {
    expect(edgeOf(edge)).toMatchObject(edge);
  });
});

describe('edge settings from the command line', () => {
  it('take what the context replaces', () => {
    expect(
      fromCommandLine({
        edge: 'on',
        edgeSharedLifetimeSeconds: '120',
        edgeTagsPerMonth: '5000',
        edgeRateLimit: '2000',
        edgeDomainName: domain.name,
        edgeCertificateArn: domain.certificateArn,
        edgeSecretVersion: 'a81bc81b-dead-4e5d-abff-90865d1e13b1',
        edgeSecretAlsoAccepted: 'b92cd92c-dead-4e5d-abff-90865d1e13b2',
      }),
    ).toEqual({
      sharedLifetimeInSeconds: 120,
      invalidation: { windowInSeconds: 1, tagsPerMonth: 5_000, burst: 100, collapseAbove: 10 },
      rateLimitPerFiveMinutes: 2_000,
      originSecretVersionId: 'a81bc81b-dead-4e5d-abff-90865d1e13b1',
      alsoAcceptedSecretVersionId: 'b92cd92c-dead-4e5d-abff-90865d1e13b2',
      domain,
    });
    expect(fromCommandLine({ edgeWebAclArn: webAclArn })).toMatchObject({ webAclArn });
  });

  it('leave what the context does not name', () => {
    expect(fromCommandLine({})).toEqual(settingsOf('dev').edge);
  });

  it('leave the edge away', () => {
    expect(fromCommandLine({ edge: 'off' })).toBeUndefined();
  });

  it.each([
    [{ edge: 'no' }, 'edge must be on or off, got "no"'],
    [{ edge: 'off', edgeRateLimit: '2000' }, 'Without an edge none of its settings may be given, got edgeRateLimit'],
    [{ edgeSharedLifetimeSeconds: '5m' }, 'edgeSharedLifetimeSeconds must be a whole number of seconds, got "5m"'],
    [{ edgeTagsPerMonth: '1e3' }, 'edgeTagsPerMonth must be a whole number of tags, got "1e3"'],
    [{ edgeRateLimit: 'many' }, 'edgeRateLimit must be a whole number of requests, got "many"'],
    [{ edgeDomainName: domain.name }, 'edge.domain.certificateArn (-c edgeCertificateArn) must be'],
  ])('refuse %j', (context, message) => {
    expect(() => fromCommandLine(context as Record<string, string>)).toThrow(message);
  });
});
