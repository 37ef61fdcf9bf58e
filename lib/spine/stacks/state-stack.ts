// What has state: the event table, the read tables, the event stream, the queues, the users, and what messages to people and the
// edge need of the account.
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { functionsOfKind } from '../../../lambdas/spine/manifest/functions.ts';
import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import { subscriptionOfFunction, subscriptionOfReadModel } from '../../../lambdas/spine/manifest/subscriptions.ts';
import { SecurityLogKey } from '../api/security-log-key.ts';
import { UserDirectory, type UserDirectoryProps } from '../api/user-directory.ts';
import { InvalidationBudget } from '../edge/invalidation-budget.ts';
import { OriginSecret } from '../edge/origin-secret.ts';
import { EventStream } from '../events/event-stream.ts';
import { EventTable } from '../events/event-table.ts';
import { EventTableBackups } from '../events/event-table-backups.ts';
import { FailureQueue } from '../events/failure-queue.ts';
import { ReadModel } from '../events/read-model.ts';
import { Subscription } from '../events/subscription.ts';
import { MailSender } from '../notifications/mail-sender.ts';
import { AuditQueue } from '../operations/audit-queue.ts';
import { OperationsTable } from '../operations/operations-table.ts';
import { WorkQueue } from '../operations/work-queue.ts';
import type { FunctionSize } from '../settings/capacity-settings.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import type { EmailOfStage } from '../settings/email-settings.ts';
import { ORIGIN_SECRET_OUTPUT } from '../settings/stack-outputs.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import { isOnOneMachine } from '../settings/stages.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';

export interface StateStackProps extends StackProps {
  readonly application: Application;
  /** With those of e-mail where the application sends notifications. */
  readonly settings: StageSettings & Partial<EmailOfStage>;
}

/** Functions that an application declares have names of their own. */
const AUDIT_QUEUE = 'audit-work';

interface Protection {
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
}

/** What the edge needs that outlives it. */
export interface EdgeState {
  readonly originSecret: OriginSecret;
  readonly invalidation: Subscription;
  readonly budget: InvalidationBudget;
}

/**
 * Six times the function's time-out on AWS (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html); on one machine
 * nothing throttles it, and a message comes back the sooner after a crash.
 */
const visibilityFor = ({ timeoutInSeconds }: FunctionSize, { stage }: StageSettings): Duration =>
  Duration.seconds(timeoutInSeconds * (isOnOneMachine(stage) ? 1 : 6));

export class StateStack extends Stack {
  readonly eventTable: EventTable;
  readonly eventStream: EventStream;
  readonly relayFailures: FailureQueue;
  readonly fanOutFailures: FailureQueue;
  readonly operations: OperationsTable;
  readonly work: WorkQueue;
  /** There where the application is audited. */
  readonly audit: AuditQueue | undefined;
  readonly readModels: readonly ReadModel[];
  /** Of the functions that subscribe, by their names. */
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** Of what holds data. */
  readonly removalPolicy: RemovalPolicy;
  /** There is none on one machine, where nobody is traced. */
  readonly securityLogKey?: SecurityLogKey;
  /** There where the application sends notifications. */
  readonly mailSender: MailSender | undefined;
  readonly tokens: TokenIssuer;
  /** There is none on a stage that brings its token issuer. */
  readonly userPool?: IUserPool;
  /** There on a stage with an edge. */
  readonly edge: EdgeState | undefined;

  constructor(scope: Construct, id: string, props: StateStackProps) {
    const { application, settings } = props;
    const { retainsData, eventStream, subscriber, tokens, edge, tableThroughput: throughput, changeImages } = settings;
    super(scope, id, { ...props, terminationProtection: retainsData });
    const removalPolicy = retainsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const protection = { removalPolicy, deletionProtection: retainsData };
    this.removalPolicy = removalPolicy;

    this.eventTable = new EventTable(this, 'events', {
      ...{ ...protection, throughput },
      changeImages,
    });
    this.eventStream = new EventStream(this, 'event-stream', { shards: eventStream.shards, removalPolicy });
    const failures = { removalPolicy, visibilityTimeout: visibilityFor(settings.pipeline, settings) };
    this.relayFailures = new FailureQueue(this, 'relay-failures', failures);
    this.fanOutFailures = new FailureQueue(this, 'fan-out-failures', failures);
    this.operations = new OperationsTable(this, 'operations', { ...protection, throughput });
    this.work = new WorkQueue(this, 'work', {
      removalPolicy,
      visibilityTimeout: visibilityFor(settings.sweeper, settings),
    });
    this.audit = this.addAuditQueue(props);
    this.readModels = application.readModels.map((projection) => {
      const declaration = subscriptionOfReadModel(projection);
      return new ReadModel(this, projection.name, { projection, declaration, subscriber, throughput, ...protection });
    });
    const notifies = functionsOfKind(application, 'notifications').length > 0;
    this.mailSender = notifies ? this.addMailSender(settings) : undefined;
    this.subscriptions = this.addSubscriptions(props);
    if (!isOnOneMachine(settings.stage)) {
      this.securityLogKey = new SecurityLogKey(this, 'security-log-key', { removalPolicy });
    }
    if (settings.backups !== undefined && settings.backups !== 'none') {
      const { backups } = settings;
      new EventTableBackups(this, 'backups', { backups, table: this.eventTable.table, removalPolicy });
    }
    this.edge = edge && this.addEdge(edge, settings, protection);
    if (tokens !== undefined) {
      this.tokens = tokens;
      return;
    }
    const users = this.addUserDirectory({ ...protection, sender: this.mailSender });
    this.tokens = users.tokens;
    this.userPool = users.userPool;
  }

  private addAuditQueue({ application, settings }: StateStackProps): AuditQueue | undefined {
    if (functionsOfKind(application, 'audit').length === 0) return undefined;
    return new AuditQueue(this, AUDIT_QUEUE, {
      removalPolicy: this.removalPolicy,
      visibilityTimeout: visibilityFor(settings.audit, settings),
    });
  }

  private addMailSender({ email }: Partial<EmailOfStage>): MailSender {
    if (email === undefined)
      throw new RangeError('Notifications need the settings of e-mail among those of the application.');
    return new MailSender(this, 'email-sender', email);
  }

  private addSubscriptions({ application, settings }: StateStackProps): ReadonlyMap<string, Subscription> {
    const { subscriber } = settings;
    const declared = [...functionsOfKind(application, 'process'), ...functionsOfKind(application, 'notifications')];
    return new Map(
      declared.map(([name, declaration]) => [
        name,
        new Subscription(this, name, {
          declaration: subscriptionOfFunction(name, declaration),
          ...{ subscriber, removalPolicy: this.removalPolicy },
          streamsPerSecond:
            declaration.kind === 'process' ? declaration.streamsPerSecond : this.mailSender?.sendsPerInvocation,
        }),
      ]),
    );
  }

  private addEdge(
    edge: EdgeSettings,
    { subscriber, tableThroughput: throughput }: StageSettings,
    protection: Protection,
  ): EdgeState {
    const { invalidation, originSecretVersionId: versionId, alsoAcceptedSecretVersionId } = edge;
    const { visibilityTimeoutInSeconds } = subscriber;
    const originSecret = new OriginSecret(this, 'origin-secret', {
      ...(versionId !== undefined && { versionId }),
      ...(alsoAcceptedSecretVersionId !== undefined && { alsoAcceptedVersionId: alsoAcceptedSecretVersionId }),
    });
    new CfnOutput(this, ORIGIN_SECRET_OUTPUT, { value: originSecret.secretArn });
    return {
      originSecret,
      invalidation: new Subscription(this, 'invalidation', {
        // The time that Lambda gathers a batch counts as time that its messages are hidden.
        subscriber: {
          ...subscriber,
          visibilityTimeoutInSeconds: visibilityTimeoutInSeconds + invalidation.windowInSeconds,
        },
        removalPolicy: protection.removalPolicy,
      }),
      budget: new InvalidationBudget(this, 'invalidation-budget', { ...protection, throughput }),
    };
  }

  private addUserDirectory(props: UserDirectoryProps): UserDirectory {
    const users = new UserDirectory(this, 'users', props);
    new CfnOutput(this, 'UserPoolId', { value: users.userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: users.client.userPoolClientId });
    return users;
  }
}
