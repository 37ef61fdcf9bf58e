// The HTTP API: every route of the manifest, with a token check where one is needed, limits and access logs.
import { Aws, Validations } from 'aws-cdk-lib';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { TokenIssuer } from '../settings/token-issuer.ts';
import { AccessLogs, accessLogFormat } from './access-log.ts';
import { ApiAlarms } from './api-alarms.ts';
import { corsPreflight } from './cors-preflight.ts';
import type { FrontDoorAddress, FrontDoorProps, FunctionByName } from './front-door.ts';
import { throttleOf, unnamedRoute } from './route-throttle.ts';

export interface PublicApiProps extends FrontDoorProps {
  readonly tokens: TokenIssuer;
}

export class PublicApi extends Construct implements FrontDoorAddress {
  readonly url: string;
  readonly host: string;

  constructor(scope: Construct, id: string, props: PublicApiProps) {
    super(scope, id);
    const { settings } = props;
    const api = new HttpApi(this, 'api', {
      description: props.description,
      createDefaultStage: false,
      ...corsPreflight(settings.corsOrigins),
    });
    const accessLogs = new AccessLogs(this, 'access-logs', settings);
    const stage = this.addStage(api, props, accessLogs);
    new ApiAlarms(this, 'alarms', { stage: settings.stage, alarmTopicArn: settings.alarmTopicArn, api, accessLogs });
    this.url = stage.url;
    this.host = `${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.throttle(stage, this.addRoutes(api, props), props);
  }

  private addStage(api: HttpApi, { routes, settings }: PublicApiProps, accessLogs: AccessLogs): HttpStage {
    const unnamed = throttleOf(unnamedRoute(routes), settings);
    return new HttpStage(this, 'stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: unnamed.throttlingRateLimit, burstLimit: unnamed.throttlingBurstLimit },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: accessLogFormat({
          routeKey: '$context.routeKey',
          integrationStatus: '$context.integrationStatus',
          integrationError: '$context.integrationErrorMessage',
        }),
      },
    });
  }

  /** A stage may only name routes that exist. */
  private throttle(stage: HttpStage, added: readonly HttpRoute[], { routes, settings }: PublicApiProps): void {
    const { defaultChild } = stage.node;
    if (!(defaultChild instanceof CfnStage)) throw new Error('A stage must be a resource of CloudFormation.');
    defaultChild.routeSettings = Object.fromEntries(
      routes.map((route) => {
        const { throttlingRateLimit, throttlingBurstLimit } = throttleOf(route, settings);
        return [route.key, { ThrottlingRateLimit: throttlingRateLimit, ThrottlingBurstLimit: throttlingBurstLimit }];
      }),
    );
    stage.node.addDependency(...added);
  }

  private addRoutes(api: HttpApi, { routes, functions, tokens }: PublicApiProps): HttpRoute[] {
    const authorizer = new HttpJwtAuthorizer('authorizer', tokens.issuer, { jwtAudience: [tokens.audience] });
    const integrations = integrationsOf(functions);
    return routes.map(({ key, function: functionName, access }) => {
      const integration = integrations[functionName];
      if (integration === undefined) throw new RangeError(`${key} leads to ${functionName}, which does not exist`);
      const route = new HttpRoute(this, key, {
        httpApi: api,
        routeKey: routeKey(key),
        integration,
        authorizer: access === 'token' ? authorizer : new HttpNoneAuthorizer(),
      });
      if (access === 'public') {
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason: 'The route table makes this route public.',
        });
      }
      return route;
    });
  }
}

/** One integration a function, however many routes lead to it. */
const integrationsOf = (functions: FunctionByName): Readonly<Record<string, HttpLambdaIntegration>> =>
  Object.fromEntries(
    Object.entries(functions).map(([name, { function: handler }]) => [name, new HttpLambdaIntegration(name, handler)]),
  );

function routeKey(key: string): HttpRouteKey {
  if (key === HttpRouteKey.DEFAULT.key) return HttpRouteKey.DEFAULT;
  const [name = '', path = ''] = key.split(' ');
  const method = Object.values(HttpMethod).find((known) => known === name);
  if (method === undefined) throw new Error(`A route's key must be "<METHOD> <path>" or "$default", got "${key}".`);
  return HttpRouteKey.with(path, method);
}
