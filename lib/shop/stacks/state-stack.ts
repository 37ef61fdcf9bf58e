// What has state: the event table, the read tables, the event stream, the queues, the users, and what payments, e-mails
// and the edge need of the account.
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { notifications, orderFulfilment } from '../../../lambdas/shop/subscriptions.ts';
import { SecurityLogKey } from '../../spine/api/security-log-key.ts';
import { UserDirectory, type UserDirectoryProps } from '../../spine/api/user-directory.ts';
import { InvalidationBudget } from '../../spine/edge/invalidation-budget.ts';
import { OriginSecret } from '../../spine/edge/origin-secret.ts';
import { EventStream } from '../../spine/events/event-stream.ts';
import { EventTable } from '../../spine/events/event-table.ts';
import { EventTableBackups } from '../../spine/events/event-table-backups.ts';
import { FailureQueue } from '../../spine/events/failure-queue.ts';
import type { ProjectionDefinition } from '../../spine/events/projection-definition.ts';
import { ReadModel } from '../../spine/events/read-model.ts';
import { Subscription } from '../../spine/events/subscription.ts';
import { MailSender } from '../../spine/notifications/mail-sender.ts';
import type { EdgeSettings } from '../../spine/settings/edge-settings.ts';
import { ORIGIN_SECRET_OUTPUT } from '../../spine/settings/stack-outputs.ts';
import { isOnOneMachine } from '../../spine/settings/stages.ts';
import type { TokenIssuer } from '../../spine/settings/token-issuer.ts';
import { CallbackSecret } from '../constructs/callback-secret.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';

export interface StateStackProps extends StackProps {
  readonly settings: ShopSettings;
  readonly projections: readonly ProjectionDefinition[];
}

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
const redriveVisibility = ({ stage, pipeline }: ShopSettings): Duration =>
  Duration.seconds(pipeline.timeoutInSeconds * (isOnOneMachine(stage) ? 1 : 6));

export class StateStack extends Stack {
  readonly eventTable: EventTable;
  readonly eventStream: EventStream;
  readonly relayFailures: FailureQueue;
  readonly fanOutFailures: FailureQueue;
  readonly readModels: readonly ReadModel[];
  readonly orderFulfilment: Subscription;
  readonly notifications: Subscription;
  readonly callbackSecret: CallbackSecret;
  /** There is none on one machine, where nobody is traced. */
  readonly securityLogKey?: SecurityLogKey;
  readonly emailSender: MailSender;
  readonly tokens: TokenIssuer;
  /** There is none on a stage that brings its token issuer. */
  readonly userPool?: IUserPool;
  /** There on a stage with an edge. */
  readonly edge: EdgeState | undefined;

  constructor(scope: Construct, id: string, props: StateStackProps) {
    const { retainsData, eventStream, subscriber, email, tokens, edge, tableThroughput: throughput } = props.settings;
    const { changeImages } = props.settings;
    super(scope, id, { ...props, terminationProtection: retainsData });
    const removalPolicy = retainsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const protection = { removalPolicy, deletionProtection: retainsData };

    this.eventTable = new EventTable(this, 'events', {
      ...{ ...protection, throughput },
      ...(changeImages !== undefined && { changeImages }),
    });
    this.eventStream = new EventStream(this, 'event-stream', { shards: eventStream.shards, removalPolicy });
    const failures = { removalPolicy, visibilityTimeout: redriveVisibility(props.settings) };
    this.relayFailures = new FailureQueue(this, 'relay-failures', failures);
    this.fanOutFailures = new FailureQueue(this, 'fan-out-failures', failures);
    this.readModels = props.projections.map(
      (projection) => new ReadModel(this, projection.name, { projection, subscriber, throughput, ...protection }),
    );
    this.orderFulfilment = new Subscription(this, orderFulfilment.name, {
      ...{ subscriber, removalPolicy },
      streamsPerSecond: orderFulfilment.streamsPerSecond,
    });
    this.emailSender = new MailSender(this, 'email-sender', email);
    this.notifications = new Subscription(this, notifications.name, {
      ...{ subscriber, removalPolicy },
      streamsPerSecond: this.emailSender.sendsPerInvocation,
    });
    this.callbackSecret = new CallbackSecret(this, 'payment-callback-secret', { removalPolicy });
    if (!isOnOneMachine(props.settings.stage)) {
      this.securityLogKey = new SecurityLogKey(this, 'security-log-key', { removalPolicy });
    }
    if (props.settings.backups !== undefined && props.settings.backups !== 'none') {
      const { backups } = props.settings;
      new EventTableBackups(this, 'backups', { backups, table: this.eventTable.table, removalPolicy });
    }
    this.edge = edge && this.addEdge(edge, props.settings, protection);
    if (tokens !== undefined) {
      this.tokens = tokens;
      return;
    }
    const users = this.addUserDirectory({ ...protection, sender: this.emailSender });
    this.tokens = users.tokens;
    this.userPool = users.userPool;
  }

  private addEdge(
    edge: EdgeSettings,
    { subscriber, tableThroughput: throughput }: ShopSettings,
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
