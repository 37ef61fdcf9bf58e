import { describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { deploymentOf } from './deployment.ts';

const routes = routesOf(shop);

const tokens = {
  issuer: 'https://issuer.example',
  audience: 'shop',
  jwksUri: 'https://issuer.example/keys',
};
const dev = deploymentOf('dev', { tokens });

const functionOf = (target: unknown): string => {
  const integration = dev.at(dev.target(target).replace(/^integrations\//, ''));
  return dev.target(integration.properties['IntegrationUri']).replace(/\/function\.Arn$/, '');
};

describe('the HTTP API', () => {
  it('has the routes of the route table, each with its function and its token check', () => {
    const deployed = dev.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => ({
      key: properties['RouteKey'],
      function: functionOf(properties['Target']),
      access: properties['AuthorizationType'] === 'JWT' ? 'token' : 'public',
    }));
    expect(deployed).toEqual(routes.map(({ key, function: name, access }) => ({ key, function: name, access })));
  });

  it('answers HEAD wherever it answers GET, by the same function behind the same check', () => {
    const deployed = new Map(
      dev
        .ofType('AWS::ApiGatewayV2::Route')
        .map(({ properties: { RouteKey, Target, AuthorizationType } }) => [
          String(RouteKey),
          { function: functionOf(Target), AuthorizationType },
        ]),
    );
    const queries = [...deployed.keys()].filter((key) => key.startsWith('GET '));
    expect(queries.length).toBeGreaterThan(8);
    for (const key of queries) expect(deployed.get(key.replace('GET', 'HEAD'))).toEqual(deployed.get(key));
  });

  it('checks tokens of the stage’s issuer and audience with one authorizer', () => {
    const authorizers = dev.ofType('AWS::ApiGatewayV2::Authorizer');
    expect(authorizers.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['shop'] },
      }),
    ]);
    const checked = dev
      .ofType('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => properties['AuthorizationType'] === 'JWT');
    for (const { properties } of checked) expect(dev.target(properties['AuthorizerId'])).toBe(authorizers[0]?.path);
  });

  it('makes no user pool when the stage has another issuer', () => {
    dev.state.resourceCountIs('AWS::Cognito::UserPool', 0);
  });

  it('lets the gateway, and nobody else, invoke the function of each route', () => {
    const permissions = dev.ofType('AWS::Lambda::Permission');
    expect(permissions).toHaveLength(routes.length);
    for (const { properties } of permissions) {
      expect(properties).toMatchObject({ Principal: 'apigateway.amazonaws.com', SourceArn: expect.anything() });
    }
  });

  it('calls functions with payload format 2.0', () => {
    dev.compute.allResourcesProperties('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '2.0' });
  });

  it('deploys its only stage by itself', () => {
    expect(dev.at('api/stage').properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
  });

  it('throttles each route by itself, unknown paths too, on a stage that follows its routes', () => {
    const limits = dev.at('api/stage').properties['RouteSettings'] as Record<string, object>;
    expect(Object.keys(limits)).toEqual(routes.map(({ key }) => key));
    for (const limit of Object.values(limits))
      expect(limit).toEqual({ ThrottlingRateLimit: expect.any(Number), ThrottlingBurstLimit: expect.any(Number) });
    const [stage] = Object.values(dev.compute.findResources('AWS::ApiGatewayV2::Stage'));
    const ids = Object.keys(dev.compute.findResources('AWS::ApiGatewayV2::Route'));
    expect(stage?.['DependsOn']).toEqual(expect.arrayContaining(ids));
  });

  it('logs requests as JSON without path, address or claims', () => {
    const { AccessLogSettings } = dev.at('api/stage').properties as { AccessLogSettings: { Format: string } };
    const variables = Object.values<string>(JSON.parse(AccessLogSettings.Format));
    expect(variables).toContain('$context.requestId');
    for (const variable of variables) expect(variable).not.toMatch(/path|identity|claims|sourceIp|userAgent/i);
  });

  it('answers no other origin unless a setting names it', () => {
    expect(dev.at('api/api').properties).not.toHaveProperty('CorsConfiguration');
    const open = deploymentOf('dev', { tokens, corsOrigins: ['https://shop.example'] });
    expect(open.at('api/api').properties['CorsConfiguration']).toMatchObject({
      AllowOrigins: ['https://shop.example'],
      AllowMethods: ['GET', 'HEAD', 'POST'],
      AllowHeaders: expect.arrayContaining(['authorization', 'idempotency-key', 'if-match']),
      ExposeHeaders: expect.arrayContaining(['consistency-token', 'etag']),
    });
  });
});
