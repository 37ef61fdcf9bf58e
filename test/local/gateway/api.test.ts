import { describe, expect, it } from 'vitest';
import { apiRoutes } from '../../../local/gateway/api.ts';
import type { Resource } from '../../../local/ports.ts';

const resource = (kind: string, logicalId: string, properties: Record<string, unknown>): Resource => ({
  path: `api/${logicalId}`,
  stack: 'compute',
  logicalId,
  type: `AWS::ApiGatewayV2::${kind}`,
  properties,
});

const integration = {
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:query',
  PayloadFormatVersion: '2.0',
};
const route = { RouteKey: 'GET /orders', Target: 'integrations/toQuery' };

const api = (changes: { api?: object; route?: object; integration?: object } = {}): Resource[] => [
  resource('Api', 'api', { ProtocolType: 'HTTP', ...changes.api }),
  resource('Route', 'route', { ...route, ...changes.route }),
  resource('Integration', 'toQuery', { ...integration, ...changes.integration }),
  resource('Authorizer', 'jwt', {
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Audience: ['eventspine'], Issuer: 'https://issuer.example' },
  }),
];

describe('the routes of the template', () => {
  it('lead to the functions of their integrations, within the gateway limit of 30 s', () => {
    expect(apiRoutes(api())).toEqual([{ key: 'GET /orders', functionName: 'query', timeoutInMillis: 30_000 }]);
  });

  it('have the token check and the time limit that the template gives', () => {
    const resources = api({
      route: { AuthorizationType: 'JWT', AuthorizerId: 'jwt' },
      integration: { TimeoutInMillis: 5_000 },
    });
    const authorizer = { issuer: 'https://issuer.example', audiences: ['eventspine'] };
    expect(apiRoutes(resources)).toMatchObject([{ timeoutInMillis: 5_000, authorizer }]);
  });

  it.each([
    ['a token check by scope', { route: { AuthorizationScopes: ['orders'] } }, 'AuthorizationScopes'],
    ['another kind of token check', { route: { AuthorizationType: 'AWS_IAM' } }, 'AuthorizationType'],
    [
      'an authorizer that is not there',
      { route: { AuthorizationType: 'JWT', AuthorizerId: 'gone' } },
      'authorizer gone',
    ],
    ['an integration that is not there', { route: { Target: 'integrations/gone' } }, 'integration gone'],
    ['another payload format', { integration: { PayloadFormatVersion: '1.0' } }, 'PayloadFormatVersion'],
    ['CORS with credentials', { api: { CorsConfiguration: { AllowCredentials: true } } }, 'AllowCredentials'],
  ])('are refused with %s, which the local gateway does not know', (_name, changes, named) => {
    expect(() => apiRoutes(api(changes))).toThrow(named);
  });
});
