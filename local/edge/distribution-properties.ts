// The properties of a distribution and its functions in the template, as far as the local edge uses them. It refuses all others
// by name, so that it keeps and passes nothing that CloudFront would not.
import * as z from 'zod';

/** Accepted wherever they stand: encryption, addresses, geography, firewall and logs have no place on this machine. */
export const leftOutProperties = [
  'Aliases',
  'Comment',
  'ConnectionAttempts',
  'ConnectionTimeout',
  'CustomOriginConfig',
  'HttpVersion',
  'IPV6Enabled',
  'Logging',
  'OriginShield',
  'PriceClass',
  'RealtimeLogConfigArn',
  'ResponseCompletionTimeout',
  'Restrictions',
  'ViewerCertificate',
  'ViewerProtocolPolicy',
  'WebACLId',
] as const;

const leftOut = Object.fromEntries(leftOutProperties.map((name) => [name, z.unknown().optional()]));

const everyMethod = 7;
/** CloudFront's own default. */
const errorTtlInSeconds = 10;

const behavior = z.strictObject({
  ...leftOut,
  TargetOriginId: z.string(),
  Compress: z.boolean().default(false),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z
    .array(z.strictObject({ EventType: z.enum(['viewer-request', 'viewer-response']), FunctionARN: z.string() }))
    .default([]),
  AllowedMethods: z.array(z.string()).length(everyMethod, 'the local edge takes every method'),
  CachedMethods: z.array(z.enum(['GET', 'HEAD'])).optional(),
});

const origin = z.strictObject({
  ...leftOut,
  Id: z.string(),
  DomainName: z.string(),
  OriginCustomHeaders: z.array(z.strictObject({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
});

export const distributionProperties = z.object({
  DistributionConfig: z.strictObject({
    ...leftOut,
    Enabled: z.literal(true),
    Origins: z.array(origin),
    CacheBehaviors: z.array(behavior.extend({ PathPattern: z.string() })).default([]),
    DefaultCacheBehavior: behavior,
    CacheTagConfig: z.strictObject({ HeaderName: z.string() }).optional(),
    CustomErrorResponses: z
      .array(z.strictObject({ ErrorCode: z.int(), ErrorCachingMinTTL: z.int().default(errorTtlInSeconds) }))
      .default([]),
  }),
});

export type OriginProperties = z.output<typeof origin>;
export type BehaviorProperties = z.output<typeof behavior> & { readonly PathPattern?: string };

export const viewerFunctionProperties = z.object({
  Name: z.string(),
  AutoPublish: z.literal(true),
  FunctionCode: z.string(),
  FunctionConfig: z.strictObject({ Comment: z.string().optional(), Runtime: z.literal('cloudfront-js-2.0') }),
});
