// A Lambda function with this project's defaults: Node.js on arm64, JSON logs with a retention, a role of its own.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionSize } from '../settings/capacity-settings.ts';
import { FunctionAlarms } from './function-alarms.ts';

/** What the functions of a stage have in common. */
export interface FunctionDefaults {
  /** How long their logs are kept. */
  readonly logRetention: RetentionDays;
  /** Of their logs. */
  readonly removalPolicy: RemovalPolicy;
  /** X-Ray traces. */
  readonly tracing: boolean;
  /** SNS topic that their alarms notify. Without one the alarms only show their state. */
  readonly alarmTopicArn: string | undefined;
}

export interface ServiceFunctionProps extends FunctionDefaults {
  readonly size: FunctionSize;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Whether Lambda stops messages that the function keeps sending to itself.
   * @default it does, after about 16 invocations
   */
  readonly recursiveLoop?: RecursiveLoop;
}

/** The construct's id is the function's service name in logs and metrics. */
export class ServiceFunction extends Construct implements IGrantable {
  readonly function: LambdaFunction;
  readonly grantPrincipal: IPrincipal;
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { size, tracing, alarmTopicArn } = props;
    this.logs = new LogGroup(this, 'logs', {
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logs.grantWrite(role);
    this.grantPrincipal = role;
    this.function = new LambdaFunction(this, 'function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      role,
      memorySize: size.memoryInMegabytes,
      timeout: Duration.seconds(size.timeoutInSeconds),
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: id,
        NODE_OPTIONS: '--enable-source-maps',
      },
      logGroup: this.logs,
      loggingFormat: LoggingFormat.JSON,
      ...(props.recursiveLoop !== undefined && { recursiveLoop: props.recursiveLoop }),
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    new FunctionAlarms(this, 'function-alarms', { alarmTopicArn, name: id, function: this.function });
    this.acknowledgeRules(tracing, role);
  }

  private acknowledgeRules(tracing: boolean, role: Role): void {
    Validations.of(this.function).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'Nothing invokes it asynchronously: failures go to the caller or to the destination of its mapping.',
    });
    if (tracing) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Writing traces has no resource to name: IAM knows only * for it.',
      });
    } else {
      Validations.of(this.function).acknowledge({
        id: 'Serverless-LambdaTracing',
        reason: 'The settings of the stage switch traces off.',
      });
    }
  }
}
