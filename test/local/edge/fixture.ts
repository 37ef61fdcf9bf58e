// A template with a distribution, in CloudFormation's own shapes, and an edge made of it in front of an origin that answers as a test
// says.

import { type Distribution, distributionOf } from '../../../local/edge/distribution.ts';
import { Edge } from '../../../local/edge/edge.ts';
import { invalidationItem } from '../../../local/edge/invalidation.ts';
import type { HttpRequest, HttpResponse } from '../../../local/gateway/http-exchange.ts';
import type { Resource } from '../../../local/ports.ts';
import { localResources } from '../../../local/template/resources.ts';
import type { TemplateResource } from '../../../local/template/stack-template.ts';

const nowhere = 'http://127.0.0.1:1';
const endpoints = {
  cloudfront: nowhere,
  dynamodb: nowhere,
  kinesis: nowhere,
  secretsManager: nowhere,
  ses: nowhere,
  sqs: nowhere,
};

const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

export type Properties = Readonly<Record<string, unknown>>;

/** The properties that a test changes. Behaviours: `/orders/*` is private, `/products*` public, the rest is not kept. */
export interface TemplateChanges {
  readonly distribution?: Properties;
  /** Of every behaviour. */
  readonly behavior?: Properties;
  readonly origin?: Properties;
  readonly cachePolicy?: Properties;
  /** Of the cache policy. */
  readonly key?: Properties;
  readonly originRequestPolicy?: Properties;
  readonly responseHeaders?: Properties;
  readonly functions?: { readonly request?: string; readonly response?: string };
  readonly functionProperties?: Properties;
}

const behaviorOf = ({ behavior, functions = {} }: TemplateChanges): Properties => ({
  AllowedMethods: methods,
  CachePolicyId: { Ref: 'Public' },
  Compress: true,
  FunctionAssociations: [
    ...(functions.request === undefined ? [] : [association('viewer-request', 'OnRequest')]),
    ...(functions.response === undefined ? [] : [association('viewer-response', 'OnResponse')]),
  ],
  OriginRequestPolicyId: { Ref: 'AllButHost' },
  ResponseHeadersPolicyId: { Ref: 'Security' },
  TargetOriginId: 'api',
  ViewerProtocolPolicy: 'https-only',
  ...behavior,
});

const association = (EventType: string, logicalId: string): Properties => ({
  EventType,
  FunctionARN: { 'Fn::GetAtt': [logicalId, 'FunctionARN'] },
});

const cachePolicy = (Headers: readonly string[], { cachePolicy: policy, key }: TemplateChanges): TemplateResource => ({
  Type: 'AWS::CloudFront::CachePolicy',
  Properties: {
    CachePolicyConfig: {
      Name: 'policy',
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
        HeadersConfig: Headers.length === 0 ? { HeaderBehavior: 'none' } : { HeaderBehavior: 'whitelist', Headers },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        ...key,
      },
      ...policy,
    },
  },
});

const viewerFunction = (name: string, code: string, { functionProperties }: TemplateChanges): TemplateResource => ({
  Type: 'AWS::CloudFront::Function',
  Properties: {
    Name: name,
    AutoPublish: true,
    FunctionCode: code,
    FunctionConfig: { Comment: name, Runtime: 'cloudfront-js-2.0' },
    ...functionProperties,
  },
});

export function edgeResources(changes: TemplateChanges = {}): readonly Resource[] {
  const { functions = {} } = changes;
  const behavior = behaviorOf(changes);
  const Resources: Record<string, TemplateResource> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api' },
    Public: cachePolicy([], changes),
    Private: cachePolicy(['Authorization'], changes),
    AllButHost: {
      Type: 'AWS::CloudFront::OriginRequestPolicy',
      Properties: {
        OriginRequestPolicyConfig: {
          Name: 'all-but-host',
          HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Host'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          CookiesConfig: { CookieBehavior: 'none' },
          ...changes.originRequestPolicy,
        },
      },
    },
    Security: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'security',
          SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
          ...changes.responseHeaders,
        },
      },
    },
    OnRequest: viewerFunction('on-request', functions.request ?? '', changes),
    OnResponse: viewerFunction('on-response', functions.response ?? '', changes),
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          CacheBehaviors: [
            { PathPattern: '/orders/*', ...behavior, CachePolicyId: { Ref: 'Private' } },
            { PathPattern: '/products*', ...behavior },
          ],
          CacheTagConfig: { HeaderName: 'Cache-Tag' },
          DefaultCacheBehavior: { ...behavior, CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' },
          Enabled: true,
          HttpVersion: 'http2and3',
          Origins: [
            {
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
              DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }] },
              Id: 'api',
              OriginCustomHeaders: [{ HeaderName: 'X-Origin-Secret', HeaderValue: 'sesame' }],
              ...changes.origin,
            },
          ],
          ...changes.distribution,
        },
      },
    },
  };
  return localResources([{ stack: 'edge', assemblyFolder: '/assembly', template: { Resources } }], endpoints).resources;
}

export function edgeDistribution(changes: TemplateChanges = {}): Distribution {
  const distribution = distributionOf(edgeResources(changes));
  if (distribution === undefined) throw new Error('the template must have a distribution');
  return distribution;
}

let requests = 0;

export function requestOf(target: string, parts: Partial<HttpRequest> = {}): HttpRequest {
  const [path = '', query = ''] = target.split('?');
  requests += 1;
  return {
    method: 'GET',
    path,
    query,
    headers: {},
    body: Buffer.alloc(0),
    httpVersion: '1.1',
    sourceIp: '192.0.2.7',
    requestId: `request-${requests}`,
    correlationId: `request-${requests}`,
    receivedAt: new Date(),
    ...parts,
  };
}

type OriginAnswer = (request: HttpRequest, count: number) => HttpResponse | Promise<HttpResponse>;

export function startEdge(answer: OriginAnswer, changes: TemplateChanges = {}) {
  const asked: HttpRequest[] = [];
  const lines: string[] = [];
  const edge = new Edge({
    distribution: edgeDistribution(changes),
    origin: async (request) => answer(request, asked.push(request)),
    log: (...line) => lines.push(line.join(' ')),
  });
  const get = async (target: string, headers: HttpRequest['headers'] = {}, parts: Partial<HttpRequest> = {}) => {
    const { statusCode, headers: answered = {}, body } = await edge.answer(requestOf(target, { headers, ...parts }));
    return { status: statusCode, xCache: answered['x-cache'], headers: answered, body };
  };
  const invalidate = (...items: string[]) => edge.invalidate(items.flatMap((item) => invalidationItem(item) ?? []));
  return { edge, get, invalidate, asked, lines };
}

export const hit = 'Hit from cloudfront';
export const miss = 'Miss from cloudfront';
export const refreshHit = 'RefreshHit from cloudfront';
export const error = 'Error from cloudfront';
