// The REST API: the same routes and functions as the HTTP API, for stages that want WAF or usage plans at the API.
import { Aws, Validations } from 'aws-cdk-lib';
import {
  CognitoUserPoolsAuthorizer,
  EndpointType,
  type IAuthorizer,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  MethodLoggingLevel,
  type MethodOptions,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Route } from '../../../lambdas/spine/manifest/routes.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import { AccessLogs, accessLogFormat } from './access-log.ts';
import { ApiAlarms } from './api-alarms.ts';
import type { FrontDoorAddress, FrontDoorProps } from './front-door.ts';
import { addGatewayProblems } from './gateway-problems.ts';
import { throttleOf, unnamedRoute } from './route-throttle.ts';

export interface PublicRestApiProps extends FrontDoorProps {
  /**
   * The pool whose tokens the gateway checks before it calls a function.
   * @default the functions alone check tokens: a REST API has no authorizer for other issuers
   */
  readonly userPool?: IUserPool;
}

const stageName = 'live';

export class PublicRestApi extends Construct implements FrontDoorAddress {
  readonly url: string;
  readonly host: string;
  readonly basePath = `/${stageName}`;

  constructor(scope: Construct, id: string, props: PublicRestApiProps) {
    super(scope, id);
    const { settings } = props;
    const accessLogs = new AccessLogs(this, 'access-logs', settings);
    const api = new RestApi(this, 'api', {
      description: props.description,
      endpointTypes: [EndpointType.REGIONAL],
      // Bodies reach the functions byte by byte as they were sent: signatures are made of bytes.
      binaryMediaTypes: ['*/*'],
      // API Gateway logs with one role of the account and region.
      cloudWatchRole: true,
      deployOptions: this.stageOptions(props, accessLogs),
    });
    this.url = api.url;
    this.host = `${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    new ApiAlarms(this, 'alarms', { stage: settings.stage, alarmTopicArn: settings.alarmTopicArn, api, accessLogs });
    addGatewayProblems(api);
    this.addRoutes(api, props);
    this.acknowledgeRules(api, settings);
  }

  private stageOptions({ settings, routes }: PublicRestApiProps, accessLogs: AccessLogs) {
    return {
      stageName,
      tracingEnabled: settings.tracing,
      loggingLevel: MethodLoggingLevel.ERROR,
      ...throttleOf(unnamedRoute(routes), settings),
      methodOptions: Object.fromEntries(
        routes.filter(isNamed).map((route) => {
          const { method, path } = parsed(route.key);
          return [`${path}/${method}`, throttleOf(route, settings)];
        }),
      ),
      accessLogDestination: new LogGroupLogDestination(accessLogs),
      accessLogFormat: accessLogFormat({
        method: '$context.httpMethod',
        resource: '$context.resourcePath',
        integrationStatus: '$context.integration.status',
        integrationError: '$context.integration.error',
      }),
    };
  }

  private addRoutes({ root }: RestApi, { settings, routes, functions, userPool }: PublicRestApiProps): void {
    const authorizer = userPool && new CognitoUserPoolsAuthorizer(this, 'authorizer', { cognitoUserPools: [userPool] });
    const integrations = new Map(
      Object.entries(functions).map(([name, { function: handler }]) => [
        name,
        new LambdaIntegration(handler, { scopePermissionToMethod: false }),
      ]),
    );
    for (const route of routes) {
      const integration = integrations.get(route.function);
      if (isNamed(route)) {
        const { method, path } = parsed(route.key);
        const added = root.resourceForPath(path).addMethod(method, integration, this.check(route, authorizer));
        this.acknowledgeAccess(added, route, settings, authorizer);
      } else {
        // A method that a resource does not have goes here as well.
        for (const resource of [root, root.addResource('{proxy+}')]) {
          this.acknowledgeAccess(resource.addMethod('ANY', integration), route, settings, authorizer);
        }
      }
    }
  }

  private check({ access }: Route, authorizer: IAuthorizer | undefined): MethodOptions {
    return access === 'token' && authorizer ? { authorizer } : {};
  }

  private acknowledgeAccess(
    method: Method,
    { access }: Route,
    { stage }: StageSettings,
    authorizer?: IAuthorizer,
  ): void {
    if (access === 'token' && authorizer) return;
    const reason =
      access === 'public'
        ? 'The route table makes this route public.'
        : `The functions check the tokens of the ${stage} stage's issuer: a REST API has an authorizer for user pools only.`;
    Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason }, { id: 'AwsSolutions-COG4', reason });
  }

  private acknowledgeRules(api: RestApi, { stage, tracing }: StageSettings): void {
    Validations.of(api).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'The functions check every part of a request against its schema and name each mistake.',
      },
      {
        id: 'AwsSolutions-APIG3',
        reason: 'The rules of a web ACL, and their price, are the choice of whoever runs the stage.',
      },
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason: 'API Gateway takes one role for all logs of an account; AWS keeps its policy up to date.',
      },
    );
    if (!tracing) {
      Validations.of(api).acknowledge({
        id: 'Serverless-APIGWXrayEnabled',
        reason: `The settings of the ${stage} stage switch traces off.`,
      });
    }
  }
}

const isNamed = ({ key }: Route): boolean => key !== '$default';

function parsed(key: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = key.split(' ');
  return { method, path };
}
