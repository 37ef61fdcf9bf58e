// The rules that edge settings obey.
import type { EdgeDraft, InvalidationSettings } from './edge-settings.ts';

/** CloudFront's longest: the cache policies cut off what is above. */
const longestLifetimeInSeconds = 365 * 24 * 60 * 60;

/** Lambda's longest (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
const longestWindowInSeconds = 300;

/** Tags that CloudFront works on at a time; more in one call, and it refuses them all. */
const mostTagsInProgress = 3_000;

/** What AWS WAF takes (https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html). */
const rateLimits = { least: 10, most: 2_000_000_000 };

const certificateArn = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;
const globalWebAclArn = /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/;
/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html, `ClientRequestToken`. */
const secretVersionId = /^[A-Za-z0-9-]{32,64}$/;
const domainName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** The rules that edge settings break. */
export function* brokenEdgeRules(edge: EdgeDraft): Generator<string> {
  yield* outside(
    'edge.sharedLifetimeInSeconds (-c edgeSharedLifetimeSeconds)',
    edge.sharedLifetimeInSeconds,
    1,
    longestLifetimeInSeconds,
  );
  yield* brokenInvalidationRules(edge.invalidation);
  yield* brokenWebAclRules(edge);
  yield* brokenDomainRules(edge.domain);
  yield* brokenVersionRules(edge);
}

function* brokenVersionRules(edge: EdgeDraft): Generator<string> {
  const { originSecretVersionId: sent, alsoAcceptedSecretVersionId: accepted } = edge;
  const named = {
    'originSecretVersionId (-c edgeSecretVersion)': sent,
    'alsoAcceptedSecretVersionId (-c edgeSecretAlsoAccepted)': accepted,
  };
  for (const [name, version] of Object.entries(named)) {
    if (version !== undefined && !secretVersionId.test(version)) {
      yield `edge.${name} must be the id of a secret's version, 32 to 64 letters, digits and hyphens, got "${version}"`;
    }
  }
  if (accepted !== undefined && sent === undefined) {
    yield 'edge.alsoAcceptedSecretVersionId (-c edgeSecretAlsoAccepted) must not be set without edge.originSecretVersionId, beside which it counts';
  }
}

function* brokenInvalidationRules(invalidation: InvalidationSettings): Generator<string> {
  const { windowInSeconds, tagsPerMonth, burst, collapseAbove } = invalidation;
  yield* outside('edge.invalidation.windowInSeconds', windowInSeconds, 0, longestWindowInSeconds);
  yield* outside('edge.invalidation.collapseAbove', collapseAbove, 1, mostTagsInProgress);
  yield* outside('edge.invalidation.tagsPerMonth (-c edgeTagsPerMonth)', tagsPerMonth, 1, Number.MAX_SAFE_INTEGER);
  if (!Number.isInteger(burst) || burst < collapseAbove) {
    yield `edge.invalidation.burst must be a whole number and at least edge.invalidation.collapseAbove (${collapseAbove}), or the tags of one collection could never be paid, got ${burst}`;
  }
}

function* brokenWebAclRules({ rateLimitPerFiveMinutes: limit, webAclArn }: EdgeDraft): Generator<string> {
  if (limit !== undefined) {
    yield* outside('edge.rateLimitPerFiveMinutes (-c edgeRateLimit)', limit, rateLimits.least, rateLimits.most);
  }
  if (webAclArn === undefined) return;
  if (!globalWebAclArn.test(webAclArn)) {
    yield `edge.webAclArn (-c edgeWebAclArn) must be the ARN of a web ACL for CloudFront, in us-east-1, got "${webAclArn}"`;
  }
  if (limit !== undefined) {
    yield `edge.rateLimitPerFiveMinutes (-c edgeRateLimit) must not be set beside edge.webAclArn, a distribution has one web ACL, got ${limit}`;
  }
}

function* brokenDomainRules(domain: EdgeDraft['domain']): Generator<string> {
  if (domain === undefined) return;
  if (!domainName.test(domain.name ?? '')) {
    yield `edge.domain.name (-c edgeDomainName) must be a domain name in lower case, got ${JSON.stringify(domain.name)}`;
  }
  if (!certificateArn.test(domain.certificateArn ?? '')) {
    yield `edge.domain.certificateArn (-c edgeCertificateArn) must be the ARN of a certificate in us-east-1, got ${JSON.stringify(domain.certificateArn)}`;
  }
}

function* outside(name: string, value: number, least: number, most: number): Generator<string> {
  if (!Number.isInteger(value) || value < least || value > most) {
    yield `${name} must be a whole number from ${least} to ${most}, got ${value}`;
  }
}
