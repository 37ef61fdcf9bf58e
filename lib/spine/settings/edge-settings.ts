// What stands before the API: how long it keeps answers, what it spends on purging them, and whom it lets in.
import * as z from 'zod';
import { countOf, onOrOff, text } from './context-texts.ts';
import { textLike, wholeNumber } from './fields.ts';
import { merged } from './paths.ts';
import type { BrokenRule, FieldsOf, GivenKeys, SettingsGroup, Unchecked } from './settings-group.ts';
import type { Stage } from './stages.ts';

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
const domainName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html, `ClientRequestToken`. */
const secretVersion = textLike(
  /^[A-Za-z0-9-]{32,64}$/,
  "the id of a secret's version, 32 to 64 letters, digits and hyphens",
);

const invalidation = z.object({
  windowInSeconds: wholeNumber(0, longestWindowInSeconds).describe(
    'How long Lambda gathers messages for one batch, at most; 0 takes what is there.',
  ),
  tagsPerMonth: wholeNumber(1, Number.MAX_SAFE_INTEGER).describe(
    'Tokens that the budget of invalidations gains in a month. A tag takes one, each time it is invalidated; CloudFront takes $0.005 for each after the first 1,000 of an account.',
  ),
  burst: z
    .number()
    .describe('Most tokens that the budget saves up, so no month sees more than `tagsPerMonth + burst` tags.'),
  collapseAbove: wholeNumber(1, mostTagsInProgress).describe(
    "Number of a collection's tags above which the collection's own tag is invalidated in their place.",
  ),
});

const domain = z.object({
  name: textLike(domainName, 'a domain name in lower case').describe(
    'A domain of your own; point it at the output `DistributionDomainName`.',
  ),
  certificateArn: textLike(certificateArn, 'the ARN of a certificate in us-east-1').describe(
    'The certificate for it, in the only region that CloudFront takes them from.',
  ),
});

const edge = z.object({
  sharedLifetimeInSeconds: wholeNumber(1, longestLifetimeInSeconds).describe(
    'How long the edge may keep an answer (`s-maxage`), in seconds: the bound on staleness when an invalidation never comes.',
  ),
  invalidation,
  rateLimitPerFiveMinutes: wholeNumber(rateLimits.least, rateLimits.most)
    .describe(
      'Requests of one address within five minutes above which a web ACL of AWS WAF refuses it. CloudFront takes web ACLs from us-east-1 only, so a stage with a limit has to be deployed there.',
    )
    .exactOptional(),
  webAclArn: textLike(globalWebAclArn, 'the ARN of a web ACL for CloudFront, in us-east-1')
    .describe('A web ACL that the account has already, in whichever region the stage is.')
    .exactOptional(),
  originSecretVersionId: secretVersion
    .describe(
      'Version of the secret that locks the origin, which the edge sends. CloudFormation does not look for a new value by itself, so `npm run deploy` pins the current one.',
    )
    .exactOptional(),
  alsoAcceptedSecretVersionId: secretVersion
    .describe('A version that the functions accept beside that one, while a new one takes the place of the old.')
    .exactOptional(),
  domain: domain.exactOptional(),
});

const fields = { edge: edge.exactOptional() };

/** A stage without `edge` answers at the API itself, and nothing of the edge exists. */
export type EdgeOfStage = FieldsOf<typeof fields>;
export type EdgeSettings = Readonly<z.output<typeof edge>>;

export const edgeGroup = {
  title: 'Edge',
  fields,
  keys: {
    edge: {
      sets: 'edge',
      reads: onOrOff({}, 'off'),
      values: '`on` or `off`',
      description: 'Whether CloudFront stands before the API. Without it the API is reached directly.',
    },
    edgeSharedLifetimeSeconds: { sets: 'edge.sharedLifetimeInSeconds', reads: countOf('seconds') },
    edgeTagsPerMonth: { sets: 'edge.invalidation.tagsPerMonth', reads: countOf('tags') },
    edgeRateLimit: { sets: 'edge.rateLimitPerFiveMinutes', reads: countOf('requests') },
    edgeWebAclArn: { sets: 'edge.webAclArn', reads: text },
    edgeDomainName: { sets: 'edge.domain.name', reads: text },
    edgeCertificateArn: { sets: 'edge.domain.certificateArn', reads: text },
    edgeSecretVersion: { sets: 'edge.originSecretVersionId', reads: text },
    edgeSecretAlsoAccepted: { sets: 'edge.alsoAcceptedSecretVersionId', reads: text },
  },
  defaults: {
    local: {
      edge: {
        sharedLifetimeInSeconds: 60,
        invalidation: { windowInSeconds: 0, tagsPerMonth: 1_000_000, burst: 10_000, collapseAbove: 20 },
      },
    },
    localstack: {},
    // CloudFront takes the first 1,000 tags a month of an account without charge, and a month here sees no more.
    dev: {
      edge: {
        sharedLifetimeInSeconds: 60,
        invalidation: { windowInSeconds: 1, tagsPerMonth: 900, burst: 100, collapseAbove: 10 },
      },
    },
    // A tag costs $0.005 after the first 1,000 a month: at most (20,000 + 1,000 − 1,000) × $0.005 = $100.
    prod: {
      edge: {
        sharedLifetimeInSeconds: 300,
        invalidation: { windowInSeconds: 2, tagsPerMonth: 20_000, burst: 1_000, collapseAbove: 20 },
      },
    },
  } satisfies Record<Stage, EdgeOfStage>,
  *conflicts({ edge: switched, ...given }: GivenKeys): Generator<string> {
    const names = Object.keys(given);
    if (switched === 'off' && names.length > 0) {
      yield `Without an edge none of its settings may be given, got ${names.join(', ')}`;
    }
  },
  combine(defaults: EdgeOfStage, { edge: override }: { readonly edge?: object | 'off' }): object {
    if (override === 'off') return {};
    if (override === undefined) return defaults;
    if (defaults.edge === undefined) throw new Error('This stage has no edge: edge must be off or not given.');
    return { edge: merged(defaults.edge, override) };
  },
  *rules({ edge: given }: Unchecked<EdgeOfStage>): Generator<BrokenRule> {
    const { invalidation: { burst, collapseAbove } = {}, rateLimitPerFiveMinutes: limit } = given ?? {};
    if (burst !== undefined && !(Number.isInteger(burst) && burst >= (collapseAbove ?? 1))) {
      yield {
        path: 'edge.invalidation.burst',
        message: `must be a whole number and at least edge.invalidation.collapseAbove (${collapseAbove}), or the tags of one collection could never be paid, got ${burst}`,
      };
    }
    if (limit !== undefined && given?.webAclArn !== undefined) {
      yield {
        path: 'edge.rateLimitPerFiveMinutes',
        message: `must not be set beside edge.webAclArn, a distribution has one web ACL, got ${limit}`,
      };
    }
    if (given?.alsoAcceptedSecretVersionId !== undefined && given.originSecretVersionId === undefined) {
      yield {
        path: 'edge.alsoAcceptedSecretVersionId',
        message: 'must not be set without edge.originSecretVersionId, beside which it counts',
      };
    }
  },
} satisfies SettingsGroup;
