// The function behind `/ops`: it looks at every queue, and keeps what operators start.

import { Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  AUDIT_QUEUE_URL,
  EVENT_TABLE,
  FAN_OUT_FAILURES_URL,
  INVALIDATION_QUEUE_URL,
  LAG_SERVICES,
  OPERATIONS_TABLE,
  READ_MODELS,
  RELAY_FAILURES_URL,
  STAGE,
  WORK_QUEUE_URL,
} from '../../../lambdas/spine/bindings/environment.ts';
import { tokenEnvironment } from '../api/token-environment.ts';
import { type OriginSecret, originLock } from '../edge/origin-secret.ts';
import type { EventTable } from '../events/event-table.ts';
import type { FailureQueue } from '../events/failure-queue.ts';
import type { ReadModel } from '../events/read-model.ts';
import { type Subscription, sendEnvironment } from '../events/subscription.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import { isOnOneMachine } from '../settings/stages.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';
import type { OperationsTable } from './operations-table.ts';
import { ServiceFunction } from './service-function.ts';
import { sweepEnvironment } from './sweeper.ts';
import type { WorkQueue } from './work-queue.ts';

export interface OperationsFunctionProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly operations: OperationsTable;
  readonly work: WorkQueue;
  /** Present where the application is audited. */
  readonly audit: WorkQueue | undefined;
  /** Of read models and functions. */
  readonly subscriptions: readonly Subscription[];
  /** All read models. */
  readonly projected: readonly ReadModel[];
  /** Those that can be rebuilt. */
  readonly readModels: readonly ReadModel[];
  /** Present on a stage with an edge. */
  readonly invalidation: Subscription | undefined;
  readonly relayFailures: FailureQueue;
  readonly fanOutFailures: FailureQueue;
  readonly tokens: TokenIssuer;
  /** How it recognises the edge; present on a stage with one. */
  readonly originSecret: OriginSecret | undefined;
}

export class OperationsFunction extends ServiceFunction {
  constructor(scope: Construct, id: string, props: OperationsFunctionProps) {
    const {
      settings,
      eventTable,
      operations,
      work,
      audit,
      subscriptions,
      invalidation,
      relayFailures,
      fanOutFailures,
    } = props;
    super(scope, id, {
      ...functionDefaults(settings),
      code: props.code,
      size: settings.http,
      logRetention: settings.requestLogRetention,
      environment: {
        [EVENT_TABLE]: eventTable.table.tableName,
        [OPERATIONS_TABLE]: operations.table.tableName,
        [WORK_QUEUE_URL]: work.queue.queueUrl,
        ...(audit && { [AUDIT_QUEUE_URL]: audit.queue.queueUrl }),
        ...(!isOnOneMachine(settings.stage) && {
          [STAGE]: settings.stage,
          [LAG_SERVICES]: JSON.stringify(lagServices(props)),
        }),
        [RELAY_FAILURES_URL]: relayFailures.queueUrl,
        [FAN_OUT_FAILURES_URL]: fanOutFailures.queueUrl,
        ...(invalidation && { [INVALIDATION_QUEUE_URL]: invalidation.queue.queueUrl }),
        [READ_MODELS]: JSON.stringify(props.readModels.map(sweptModel)),
        ...sweepEnvironment(settings.sweeper),
        ...sendEnvironment(subscriptions),
        ...tokenEnvironment(props.tokens),
        ...originLock(props.originSecret),
      },
    });
    // It samples the table for what a rebuild takes.
    eventTable.grantSweep(this);
    operations.grantKeep(this);
    const queues = [
      ...[relayFailures, fanOutFailures].map((queue) => ({ queue, deadLetters: queue.deadLetters })),
      ...[work, ...(audit ? [audit] : []), ...subscriptions, ...(invalidation ? [invalidation] : [])],
    ];
    Grant.addToPrincipal({
      grantee: this,
      actions: ['sqs:GetQueueAttributes'],
      resourceArns: queues.flatMap(({ queue, deadLetters }) => [queue.queueArn, deadLetters.queueArn]),
    });
    if (!isOnOneMachine(settings.stage)) this.grantMetrics();
    // It sends work and audits, and dead letters back to the queue that they came from.
    const resourceArns = queues.map(({ queue }) => queue.queueArn);
    Grant.addToPrincipal({ grantee: this, actions: ['sqs:SendMessage'], resourceArns });
    for (const { deadLetters } of queues) deadLetters.grantEmpty(this);
  }

  private grantMetrics(): void {
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
    Grant.addToPrincipal({ grantee: this, actions: ['cloudwatch:GetMetricData'], resourceArns: ['*'] });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Reading metrics has no resource to name: IAM knows only * for it.',
    });
  }
}

/** A projector is a function of its own for each read model; others are named like their subscriptions. */
const lagServices = ({ subscriptions, projected }: OperationsFunctionProps): Record<string, string> =>
  Object.fromEntries(
    subscriptions.map(({ node: { id } }) => [
      id,
      projected.some(({ node }) => node.id === id) ? `${id}-projector` : id,
    ]),
  );

/** What the function knows of a read model: nothing of its folds. */
const sweptModel = ({ projection: { name, indexes }, declaration }: ReadModel) => ({
  ...{ name, categories: declaration?.categories ?? [], indexes: indexes.length },
});
