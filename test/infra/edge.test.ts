import { describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { type Deployment, deploymentOf } from './deployment.ts';

const routes = routesOf(shop);

interface Behavior {
  readonly PathPattern?: string;
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId: unknown;
  readonly ResponseHeadersPolicyId: unknown;
  readonly FunctionAssociations: readonly { EventType: string; FunctionARN: unknown }[];
}

interface Origin {
  readonly DomainName: unknown;
  readonly CustomOriginConfig: unknown;
  readonly OriginCustomHeaders: readonly { HeaderName: string; HeaderValue: unknown }[];
}

interface DistributionConfig {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly Origin[];
  readonly CustomErrorResponses: readonly unknown[];
}

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/5c0f';
const prod = deploymentOf('prod');
const configOf = (deployment: Deployment) =>
  deployment.at('edge/distribution').properties['DistributionConfig'] as DistributionConfig;
const originHeadersOf = (deployment: Deployment) =>
  configOf(deployment)
    .Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders)
    .map(({ HeaderName, HeaderValue }) => [HeaderName, deployment.target(HeaderValue)]);
const lockOf = (deployment: Deployment): string => {
  const { Environment } = deployment.at('query/function').properties as {
    Environment: { Variables: Record<string, unknown> };
  };
  return deployment.target(Environment.Variables['ORIGIN_SECRET']);
};
const config = configOf(prod);
const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
const policyConfig = (path: string, key: string) => prod.at(path).properties[key] as Record<string, unknown>;

/** The behaviour that CloudFront picks for a path: the first that matches, else the default one. */
const behaviorOf = (path: string): Behavior =>
  config.CacheBehaviors.find(({ PathPattern = '' }) =>
    new RegExp(`^${PathPattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path),
  ) ?? config.DefaultCacheBehavior;

describe('what the edge keeps', () => {
  it.each(routes.filter(({ key }) => key.startsWith('GET ')))(
    'the answers of $key are kept for everybody only if everybody may have them',
    ({ key, access }) => {
      const path = key.replace('GET ', '').replaceAll(/\{\w+\}/g, 'X');
      const kept = access === 'token' ? 'edge/caching/private' : 'edge/caching/public';
      const isNeverKept = path === '/health' || path.startsWith('/ops/');
      const expected = isNeverKept ? '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' : kept;
      expect(prod.target(behaviorOf(path).CachePolicyId)).toBe(expected);
    },
  );

  it('nothing is kept on a path that has no behaviour of its own', () => {
    // The id of the policy CachingDisabled, which AWS manages.
    expect(behaviorOf('/orders').CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(behaviorOf('/payment-callbacks').CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
  });

  it.each([
    ['public', { HeaderBehavior: 'none' }],
    ['private', { HeaderBehavior: 'whitelist', Headers: ['Authorization'] }],
  ])('the key of a %s answer has the whole query string, no cookie, and of the headers %j', (name, HeadersConfig) => {
    expect(policyConfig(`edge/caching/${name}`, 'CachePolicyConfig')).toMatchObject({
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig,
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        CookiesConfig: { CookieBehavior: 'none' },
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: true,
      },
    });
  });

  it.each(['public', 'private'])('a %s answer that does not say how long is not kept', (name) => {
    expect(policyConfig(`edge/caching/${name}`, 'CachePolicyConfig')).toMatchObject({ MinTTL: 0, DefaultTTL: 0 });
  });

  it('no error is kept, whatever its status', () => {
    expect(config.CustomErrorResponses).toEqual(
      [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  it('answers name their tags in a header', () => {
    expect(config).toMatchObject({ CacheTagConfig: { HeaderName: 'cache-tag' } });
  });
});

describe('what the edge passes on', () => {
  it('every method, over HTTPS only, through both functions and with all headers but Host', () => {
    for (const behavior of behaviors) {
      expect(behavior).toMatchObject({
        AllowedMethods: expect.arrayContaining(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']),
        ViewerProtocolPolicy: 'https-only',
        Compress: true,
      });
      expect(prod.target(behavior.OriginRequestPolicyId)).toBe('edge/caching/origin-request');
      expect(prod.target(behavior.ResponseHeadersPolicyId)).toBe('edge/response-headers/policy');
      expect(
        behavior.FunctionAssociations.map(({ EventType, FunctionARN }) => [EventType, prod.target(FunctionARN)]),
      ).toEqual([
        ['viewer-request', 'edge/viewer-request.FunctionARN'],
        ['viewer-response', 'edge/viewer-response.FunctionARN'],
      ]);
    }
    expect(policyConfig('edge/caching/origin-request', 'OriginRequestPolicyConfig')).toMatchObject({
      HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Host'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
      CookiesConfig: { CookieBehavior: 'none' },
    });
  });

  it('its origin is the API, asked over TLS 1.2 and with the secret', () => {
    const [origin] = config.Origins;
    expect(config.Origins).toHaveLength(1);
    expect(prod.target(origin?.DomainName)).toBe('api/api.execute-api.AWS::Region.AWS::URLSuffix');
    expect(origin?.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    expect(originHeadersOf(prod)).toEqual([
      ['x-origin-secret', '{{resolve:secretsmanager:origin-secret:SecretString:::}}'],
    ]);
  });

  it('its origin is a REST API where the stage has one, under the name of that API’s stage', () => {
    const [origin] = configOf(deploymentOf('prod', { frontDoor: 'rest' })).Origins;
    expect(prod.target(origin?.DomainName)).toMatch(/\.execute-api\.AWS::Region\.AWS::URLSuffix$/);
    expect(origin).toMatchObject({ OriginPath: '/live' });
    expect(config.Origins[0]).not.toHaveProperty('OriginPath');
  });

  it('another version of the secret changes distribution and functions, so that CloudFormation looks for its value', () => {
    const originSecretVersionId = 'a81bc81b-dead-4e5d-abff-90865d1e13b1';
    const rotated = deploymentOf('prod', { edge: { originSecretVersionId } });
    const reference = `{{resolve:secretsmanager:origin-secret:SecretString:::${originSecretVersionId}}}`;
    expect(originHeadersOf(rotated)).toEqual([['x-origin-secret', reference]]);
    expect(lockOf(rotated)).toBe(reference);
  });

  it('while the secret changes the functions accept both versions, whichever the edge sends', () => {
    const [old, next] = ['a81bc81b-dead-4e5d-abff-90865d1e13b1', 'b92cd92c-dead-4e5d-abff-90865d1e13b2'];
    const turned = [
      { originSecretVersionId: old, alsoAcceptedSecretVersionId: next },
      { originSecretVersionId: next, alsoAcceptedSecretVersionId: old },
    ].map((edge) => deploymentOf('prod', { edge }));
    const reference = (version: string | undefined) =>
      `{{resolve:secretsmanager:origin-secret:SecretString:::${version}}}`;
    expect(turned.map(lockOf)).toEqual(Array(2).fill(`${reference(old)},${reference(next)}`));
    expect(turned.map((each) => originHeadersOf(each)[0]?.[1])).toEqual([reference(old), reference(next)]);
  });

  it('the secret is generated, and goes with its stack', () => {
    expect(prod.at('origin-secret').properties).toMatchObject({ GenerateSecretString: { PasswordLength: 64 } });
    expect(prod.at('origin-secret').deletionPolicy).toBe('Delete');
  });
});

describe('what the edge says', () => {
  it('browsers are told to protect themselves', () => {
    expect(policyConfig('edge/response-headers/policy', 'ResponseHeadersPolicyConfig')).toMatchObject({
      SecurityHeadersConfig: {
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        // The page for people has a policy of its own.
        ContentSecurityPolicy: {
          ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
          Override: false,
        },
      },
    });
  });

  it('an answer from the cache has the CORS headers of the origin that asks now', () => {
    const open = deploymentOf('prod', { corsOrigins: ['https://shop.example'] });
    expect(open.at('edge/response-headers/policy').properties['ResponseHeadersPolicyConfig']).toMatchObject({
      CorsConfig: {
        AccessControlAllowOrigins: { Items: ['https://shop.example'] },
        AccessControlExposeHeaders: { Items: expect.arrayContaining(['consistency-token', 'etag']) },
        OriginOverride: true,
      },
    });
    expect(policyConfig('edge/response-headers/policy', 'ResponseHeadersPolicyConfig')).not.toHaveProperty(
      'CorsConfig',
    );
  });

  it('it speaks HTTP/2 and HTTP/3, and with a domain of its own nothing below TLS 1.2', () => {
    expect(config).toMatchObject({ HttpVersion: 'http2and3' });
    expect(config).not.toHaveProperty('Aliases');
    const named = deploymentOf('prod', { edge: { domain: { name: 'api.shop.example', certificateArn } } });
    expect(configOf(named)).toMatchObject({
      Aliases: ['api.shop.example'],
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    expect(named.edge?.findOutputs('Url')).toMatchObject({ Url: { Value: 'https://api.shop.example' } });
  });

  it('the output Url is where clients reach it', () => {
    const { Url } = prod.edge?.findOutputs('Url') ?? {};
    expect(prod.target(Url?.['Value'])).toBe('https://edge/distribution.DomainName');
  });
});

describe('a stage without an edge', () => {
  it('has nothing of one', () => {
    const direct = deploymentOf('prod', { edge: 'off' });
    expect(direct.edge).toBeUndefined();
    const paths = direct.resources.map(({ path }) => path);
    expect(paths.filter((path) => /origin-secret|invalidat|edge/.test(path))).toEqual([]);
    expect(direct.resources.filter(({ type }) => /CloudFront|WAF/.test(type))).toEqual([]);
  });
});
