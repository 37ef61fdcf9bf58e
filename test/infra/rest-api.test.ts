import { describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { throttleOf } from '../../lib/spine/api/route-throttle.ts';
import { type Deployment, deploymentOf, settingsOf } from './deployment.ts';

const routes = routesOf(shop);

const tokens = { issuer: 'https://issuer.example', audience: 'shop', jwksUri: 'https://issuer.example/keys' };
const prod = deploymentOf('prod', { frontDoor: 'rest' });
const withIssuer = deploymentOf('prod', { frontDoor: 'rest', tokens });

/** `rest-api/api/Default/orders/{orderId}/GET` → `GET /orders/{orderId}` */
const methodsOf = (deployment: Deployment) =>
  deployment.ofType('AWS::ApiGateway::Method').map(({ path, properties }) => {
    const { Uri } = properties['Integration'] as { Uri: unknown };
    return {
      key: path.replace(/^rest-api\/api\/Default(.*)\/(\w+)$/, (_, resource, method) => `${method} ${resource || '/'}`),
      function: /path\/2015-03-31\/functions\/(.+)\/function\.Arn\/invocations$/.exec(deployment.target(Uri))?.[1],
      authorization: properties['AuthorizationType'],
    };
  });

describe('the REST API', () => {
  it('has the routes of the route table, each with its function, and takes what no route matches', () => {
    const expected = routes.flatMap(({ key, function: name }) =>
      (key === '$default' ? ['ANY /', 'ANY /{proxy+}'] : [key]).map((each) => ({ key: each, function: name })),
    );
    const deployed = methodsOf(prod).map(({ key, function: name }) => ({ key, function: name }));
    expect(deployed).toHaveLength(expected.length);
    expect(deployed).toEqual(expect.arrayContaining(expected));
  });

  it('checks the tokens of the stage’s user pool on every route that asks for one', () => {
    const isChecked = Object.fromEntries(
      methodsOf(prod).map(({ key, authorization }) => [key, authorization === 'COGNITO_USER_POOLS']),
    );
    for (const { key, access } of routes) {
      if (key !== '$default')
        expect({ key, isChecked: isChecked[key] }).toEqual({ key, isChecked: access === 'token' });
    }
  });

  it('leaves the tokens of another issuer to the functions', () => {
    withIssuer.compute.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
    for (const name of ['orders-command', 'products-command', 'query']) {
      const { Variables } = withIssuer.at(`${name}/function`).properties['Environment'] as { Variables: unknown };
      expect(Variables).toMatchObject({ TOKEN_ISSUER: tokens.issuer, TOKEN_JWKS_URI: tokens.jwksUri });
    }
  });

  it('hands bodies over byte by byte', () => {
    expect(prod.at('rest-api/api').properties).toMatchObject({ BinaryMediaTypes: ['*/*'] });
  });

  it('throttles each route by itself, as the HTTP API does, and unknown paths least', () => {
    const settings = prod.at('rest-api/api/DeploymentStage.live').properties['MethodSettings'] as {
      HttpMethod: string;
      ResourcePath: string;
      ThrottlingRateLimit: number;
    }[];
    const limits = Object.fromEntries(
      settings.map(({ HttpMethod, ResourcePath, ThrottlingRateLimit }) => [
        `${HttpMethod} ${ResourcePath.replaceAll('~1', '/').replace(/^\/\//, '/')}`,
        ThrottlingRateLimit,
      ]),
    );
    const shareOf = (wanted: string) => routes.find(({ key }) => key === wanted)?.throttleShare ?? 0;
    const limitOf = (key: string) =>
      throttleOf({ throttleShare: shareOf(key) }, settingsOf('prod')).throttlingRateLimit;
    expect(limits['* /*']).toBe(limitOf('$default'));
    for (const { key } of routes)
      if (key !== '$default') expect({ key, limit: limits[key] }).toEqual({ key, limit: limitOf(key) });
  });

  it('answers in problem details where it refuses by itself', () => {
    const answers = prod.ofType('AWS::ApiGateway::GatewayResponse').map(({ properties }) => properties);
    expect(answers.map(({ ResponseType }) => ResponseType)).toEqual(
      expect.arrayContaining(['UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED', 'DEFAULT_4XX', 'DEFAULT_5XX']),
    );
    for (const { StatusCode, ResponseParameters, ResponseTemplates } of answers) {
      const { 'application/json': template } = ResponseTemplates as Record<string, string>;
      expect(JSON.parse(template ?? '')).toEqual({
        type: expect.stringMatching(/^urn:eventspine:problem:[a-z_]+$/),
        title: expect.stringMatching(/^[A-Z]/),
        status: Number(StatusCode),
        detail: expect.stringMatching(/\.$/),
        instance: '$context.path',
        code: expect.stringMatching(/^[a-z_]+$/),
      });
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.Content-Type': `'application/problem+json'`,
        'gatewayresponse.header.X-Correlation-Id': 'context.requestId',
        'gatewayresponse.header.x-content-type-options': `'nosniff'`,
        'gatewayresponse.header.referrer-policy': `'no-referrer'`,
        'gatewayresponse.header.content-security-policy': `'default-src 'none'; frame-ancestors 'none''`,
      });
    }
    const unauthorized = answers.find(({ ResponseType }) => ResponseType === 'UNAUTHORIZED');
    expect(unauthorized?.['ResponseParameters']).toMatchObject({
      'gatewayresponse.header.WWW-Authenticate': `'Bearer'`,
    });
  });

  it('logs requests as JSON without path, address or claims', () => {
    const { AccessLogSetting } = prod.at('rest-api/api/DeploymentStage.live').properties as {
      AccessLogSetting: { Format: string };
    };
    const variables = Object.values<string>(JSON.parse(AccessLogSetting.Format));
    expect(variables).toContain('$context.requestId');
    for (const variable of variables) expect(variable).not.toMatch(/context\.path|identity|claims|sourceIp|userAgent/i);
  });

  it('takes the place of the HTTP API', () => {
    prod.compute.resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  });
});
