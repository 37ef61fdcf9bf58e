import { describe, expect, it } from 'vitest';
import { distributionOf } from '../../../local/edge/distribution.ts';
import { edgeDistribution, edgeResources, type TemplateChanges } from './fixture.ts';

describe('the distribution of the template', () => {
  it('has its behaviours in order, the default last', () => {
    const { behaviors } = edgeDistribution();
    const first = (path: string) => behaviors.findIndex(({ matches }) => matches(path));
    expect(['/orders/7', '/products', '/products/A', '/orders', '/'].map(first)).toEqual([0, 1, 1, 2, 2]);
    expect(behaviors.map(({ cache }) => cache.maxTtlInSeconds)).toEqual([31_536_000, 31_536_000, 0]);
  });

  it('has the ids that references to it have, the tag header, and the time that errors are kept', () => {
    const CustomErrorResponses = [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }, { ErrorCode: 500 }];
    expect(edgeDistribution({ distribution: { CustomErrorResponses } })).toMatchObject({
      id: expect.stringMatching(/^E[0-9A-F]{13}$/),
      domainName: expect.stringMatching(/\.cloudfront\.net$/),
      tagHeader: 'cache-tag',
      errorTtlsInSeconds: new Map([
        [404, 0],
        [500, 10],
      ]),
    });
  });

  it('names what makes no difference on this machine', () => {
    const distribution = {
      WebACLId: 'arn:acl',
      Restrictions: { GeoRestriction: {} },
      Logging: {},
      Aliases: ['x.example'],
    };
    expect(edgeDistribution({ distribution }).leftOut).toEqual([
      'Aliases',
      'CustomOriginConfig',
      'HttpVersion',
      'Logging',
      'Restrictions',
      'ViewerProtocolPolicy',
      'WebACLId',
    ]);
  });

  it('is not there in a template without one', () => {
    const resources = edgeResources().filter(({ type }) => type !== 'AWS::CloudFront::Distribution');
    expect(distributionOf(resources)).toBeUndefined();
  });

  it('is the only one', () => {
    const resources = edgeResources();
    expect(() => distributionOf([...resources, ...resources])).toThrow('serves one distribution');
  });

  it.each<[string, TemplateChanges, string | RegExp]>([
    ['a default document', { distribution: { DefaultRootObject: 'index.html' } }, 'DefaultRootObject'],
    ['origin groups', { distribution: { OriginGroups: {} } }, 'OriginGroups'],
    [
      'error pages',
      { distribution: { CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200 }] } },
      'ResponseCode',
    ],
    ['signed URLs', { behavior: { TrustedKeyGroups: ['k'] } }, 'TrustedKeyGroups'],
    ['Lambda@Edge', { behavior: { LambdaFunctionAssociations: [{}] } }, 'LambdaFunctionAssociations'],
    ['fewer methods', { behavior: { AllowedMethods: ['GET', 'HEAD'] } }, 'takes every method'],
    ['answers to OPTIONS that are kept', { behavior: { CachedMethods: ['GET', 'HEAD', 'OPTIONS'] } }, 'CachedMethods'],
    ['a path in the origin', { origin: { OriginPath: '/v1' } }, 'OriginPath'],
    ['another origin', { origin: { DomainName: 'shop.example' } }, 'shop.example is not an API of the template'],
    ['an origin that is not there', { behavior: { TargetOriginId: 'gone' } }, 'gone is not an API'],
    ['a minimum time', { cachePolicy: { MinTTL: 1 } }, 'MinTTL'],
    ['a default time', { cachePolicy: { DefaultTTL: 60 } }, 'DefaultTTL'],
    [
      'the viewer’s Host in the key',
      { key: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host'] } } },
      'host name',
    ],
    [
      'the viewer’s Host for the origin',
      { originRequestPolicy: { HeadersConfig: { HeaderBehavior: 'allExcept', Headers: [] } } },
      'host name',
    ],
    [
      'all headers of the viewer',
      { originRequestPolicy: { HeadersConfig: { HeaderBehavior: 'allViewer' } } },
      'HeaderBehavior',
    ],
    ['CORS by a policy', { responseHeaders: { CorsConfig: {} } }, 'CorsConfig'],
    ['a managed policy that is not known here', { behavior: { CachePolicyId: '658327ea' } }, 'CachePolicy 658327ea'],
    [
      'another runtime of functions',
      { functions: { request: '' }, functionProperties: { FunctionConfig: { Runtime: 'cloudfront-js-1.0' } } },
      'Runtime',
    ],
    [
      'a store for functions',
      {
        functions: { request: '' },
        functionProperties: { FunctionConfig: { Runtime: 'cloudfront-js-2.0', KeyValueStoreAssociations: [] } },
      },
      'KeyValueStoreAssociations',
    ],
    [
      'a function that is not published',
      { functions: { request: '' }, functionProperties: { AutoPublish: false } },
      'AutoPublish',
    ],
  ])('is refused with %s, which the local edge does not know', (_name, changes, named) => {
    expect(() => edgeDistribution(changes)).toThrow(named);
  });

  it('takes the managed policies of its behaviours for what they are', () => {
    const { behaviors } = edgeDistribution({
      behavior: {
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03',
      },
    });
    const { forwarded, responseHeaders } = behaviors[0] ?? {};
    expect([forwarded?.headers('host'), forwarded?.headers('accept'), forwarded?.cookies('a')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(responseHeaders?.set.map(({ name }) => name)).toContain('strict-transport-security');
  });
});
