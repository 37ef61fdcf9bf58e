// Reads the distribution from the template: which origin answers a path, what it is sent, and what is kept of its answers for
// how long.
import * as z from 'zod';
import type { Resource } from '../ports.ts';
import { apiDomain, distributionDomain, distributionId } from '../template/minted-names.ts';
import {
  type BehaviorProperties,
  distributionProperties,
  leftOutProperties,
  type OriginProperties,
  viewerFunctionProperties,
} from './distribution-properties.ts';
import { managedPolicies } from './managed-policies.ts';
import { pathMatcher } from './path-pattern.ts';
import { type CacheRules, cachePolicyConfig, originRequestPolicyConfig } from './policies.ts';
import { noParts, type RequestParts } from './request-parts.ts';
import { noResponseHeaders, type ResponseHeaders, responseHeadersPolicyConfig } from './response-headers.ts';
import type { DistributionNames } from './viewer/viewer-event.ts';
import type { ViewerFunctionSource } from './viewer/viewer-function.ts';

export interface Distribution extends DistributionNames {
  /** In the order in which they are tried; the last one takes every path. */
  readonly behaviors: readonly CacheBehavior[];
  /** Name in lower case of the header that an answer's cache tags come in. */
  readonly tagHeader?: string;
  /** How long an error is kept at least, by status. */
  readonly errorTtlsInSeconds: ReadonlyMap<number, number>;
  /** The properties that make no difference on this machine. */
  readonly leftOut: readonly string[];
}

export interface CacheBehavior {
  readonly matches: (path: string) => boolean;
  readonly origin: Origin;
  readonly cache: CacheRules;
  readonly compresses: boolean;
  /** What the origin gets beyond the cache key. */
  readonly forwarded: RequestParts;
  readonly responseHeaders: ResponseHeaders;
  readonly viewerRequest?: ViewerFunctionSource;
  readonly viewerResponse?: ViewerFunctionSource;
}

export interface Origin {
  readonly domainName: string;
  /** What every request to it gets, by names in lower case. */
  readonly customHeaders: Readonly<Record<string, string>>;
}

/**
 * @returns undefined for a template without a distribution
 * @throws Error that names the resource and the property that the local edge does not know
 */
export function distributionOf(resources: readonly Resource[]): Distribution | undefined {
  const [resource, another] = ofType(resources, 'AWS::CloudFront::Distribution');
  if (resource === undefined) return undefined;
  if (another !== undefined) throw new Error(`The local edge serves one distribution; another is ${another.path}.`);
  const { DistributionConfig: config } = parsed(resource, distributionProperties);
  const { CacheBehaviors, DefaultCacheBehavior, Origins, CacheTagConfig, CustomErrorResponses } = config;
  const context = { resources, resource, origins: Origins };
  return {
    id: distributionId(resource.logicalId),
    domainName: distributionDomain(resource.logicalId),
    behaviors: [...CacheBehaviors, DefaultCacheBehavior].map((behavior) => cacheBehavior(behavior, context)),
    ...(CacheTagConfig && { tagHeader: CacheTagConfig.HeaderName.toLowerCase() }),
    errorTtlsInSeconds: new Map(CustomErrorResponses.map((error) => [error.ErrorCode, error.ErrorCachingMinTTL])),
    leftOut: leftOutProperties.filter((name) =>
      [config, DefaultCacheBehavior, ...CacheBehaviors, ...Origins].some((properties) => name in properties),
    ),
  };
}

interface BehaviorContext {
  readonly resources: readonly Resource[];
  readonly resource: Resource;
  readonly origins: readonly OriginProperties[];
}

function cacheBehavior(behavior: BehaviorProperties, context: BehaviorContext): CacheBehavior {
  const { CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId, PathPattern = '*' } = behavior;
  const { resources } = context;
  const policy = <Schema extends z.ZodType>(kind: string, id: string, schema: Schema): z.output<Schema> =>
    policyConfig(resources, kind, id, schema);
  const viewerRequest = viewerFunction(behavior, 'viewer-request', resources);
  const viewerResponse = viewerFunction(behavior, 'viewer-response', resources);
  return {
    matches: pathMatcher(PathPattern),
    origin: originOf(behavior.TargetOriginId, context),
    cache: policy('CachePolicy', CachePolicyId, cachePolicyConfig),
    compresses: behavior.Compress,
    forwarded:
      OriginRequestPolicyId === undefined
        ? noParts
        : policy('OriginRequestPolicy', OriginRequestPolicyId, originRequestPolicyConfig),
    responseHeaders:
      ResponseHeadersPolicyId === undefined
        ? noResponseHeaders
        : policy('ResponseHeadersPolicy', ResponseHeadersPolicyId, responseHeadersPolicyConfig),
    ...(viewerRequest && { viewerRequest }),
    ...(viewerResponse && { viewerResponse }),
  };
}

function originOf(id: string, { resources, resource, origins }: BehaviorContext): Origin {
  const origin = origins.find(({ Id }) => Id === id);
  const apis = ofType(resources, 'AWS::ApiGatewayV2::Api').map(({ logicalId }) => apiDomain(logicalId));
  if (origin === undefined || !apis.includes(origin.DomainName))
    throw new Error(`${resource.path}: the origin ${origin?.DomainName ?? id} is not an API of the template.`);
  const customHeaders = origin.OriginCustomHeaders.map((each) => [each.HeaderName.toLowerCase(), each.HeaderValue]);
  return { domainName: origin.DomainName, customHeaders: Object.fromEntries(customHeaders) };
}

/** A managed policy stands for itself; one of the template has its settings under `<kind>Config`. */
function policyConfig<Schema extends z.ZodType>(
  resources: readonly Resource[],
  kind: string,
  id: string,
  schema: Schema,
): z.output<Schema> {
  const managed = managedPolicies[id];
  if (managed !== undefined) return schema.parse(managed);
  const policy = ofType(resources, `AWS::CloudFront::${kind}`).find(({ logicalId }) => logicalId === id);
  if (policy === undefined) throw new Error(`The ${kind} ${id} is neither in the template nor known here.`);
  return parsed({ ...policy, properties: policy.properties[`${kind}Config`] }, schema);
}

function viewerFunction(
  { FunctionAssociations }: BehaviorProperties,
  eventType: string,
  resources: readonly Resource[],
): ViewerFunctionSource | undefined {
  const arn = FunctionAssociations.find(({ EventType }) => EventType === eventType)?.FunctionARN;
  if (arn === undefined) return undefined;
  for (const resource of ofType(resources, 'AWS::CloudFront::Function')) {
    const { Name: name, FunctionCode: code } = parsed(resource, viewerFunctionProperties);
    if (arn.endsWith(`:function/${name}`)) return { name, code };
  }
  throw new Error(`The function ${arn} is not in the template.`);
}

const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);

function parsed<Schema extends z.ZodType>(
  { stack, path, properties }: Pick<Resource, 'stack' | 'path'> & { readonly properties: unknown },
  schema: Schema,
): z.output<Schema> {
  const { data, error } = schema.safeParse(properties);
  if (error) throw new Error(`${stack}/${path} is not what the local edge knows:\n${z.prettifyError(error)}`);
  return data;
}
