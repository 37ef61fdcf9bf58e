// A subscription's queue with its dead-letter queue. The fan-out sends to it, the subscriber's function consumes it.
// Messages stay for SQS's four days: one that outlives its use is for its function to drop and to count, not for the queue to lose.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type BatchSizes, batchSizes } from '../../../lambdas/spine/bindings/batch-sizes.ts';
import { SUBSCRIBER_DELIVERIES } from '../../../lambdas/spine/bindings/dead-letters.ts';
import {
  hintsPerMessageVariable,
  queueUrlVariable,
  SUBSCRIPTIONS,
} from '../../../lambdas/spine/bindings/environment.ts';
import type { SubscriptionDeclaration } from '../../../lambdas/spine/manifest/subscriptions.ts';
import type { SubscriberSettings } from '../settings/capacity-settings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface SubscriptionProps {
  /**
   * Who gets the hints of which streams, for those who send them.
   * @default no hints are sent to it
   */
  readonly declaration?: SubscriptionDeclaration;
  readonly subscriber: SubscriberSettings;
  /**
   * How many streams one invocation of the subscriber gets through in a second, in a bad case.
   * @default that of a projector
   */
  readonly streamsPerSecond?: number | undefined;
  /** Applies to the dead letters. The queue itself holds hints and timers, which follow from the event table; it goes with its stack. */
  readonly removalPolicy: RemovalPolicy;
}

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The construct's id is the subscription's name. Alarms, functions and environment variables are named after it. */
export class Subscription extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;
  /** The size of its subscriber's function. */
  readonly subscriber: SubscriberSettings;
  /** How much its subscriber can take at once. */
  readonly sizes: BatchSizes;
  readonly declaration: SubscriptionDeclaration | undefined;

  constructor(scope: Construct, id: string, props: SubscriptionProps) {
    if (!kebabCase.test(id)) throw new Error(`The name of a subscription must be in kebab case, got "${id}".`);
    super(scope, id);
    this.declaration = props.declaration;
    this.subscriber = props.subscriber;
    this.sizes = batchSizes(props.subscriber.timeoutInSeconds, props.streamsPerSecond);
    this.deadLetters = new DeadLetterQueue(this, 'dead-letters', { removalPolicy: props.removalPolicy });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'Dead letters stay until an operator redrives them.',
    });
    this.queue = new Queue(this, 'queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(props.subscriber.visibilityTimeoutInSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: SUBSCRIBER_DELIVERIES },
    });
  }

  grantSend(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [this.queue.queueArn] });
  }
}

/** What a function needs to know to send hints to the subscriptions. */
export const sendEnvironment = (subscriptions: readonly Subscription[]): Record<string, string> => ({
  [SUBSCRIPTIONS]: JSON.stringify(subscriptions.flatMap(({ declaration }) => declaration ?? [])),
  ...Object.fromEntries(
    subscriptions.flatMap(({ node, queue, sizes }) => [
      [queueUrlVariable(node.id), queue.queueUrl],
      [hintsPerMessageVariable(node.id), String(sizes.hintsPerMessage)],
    ]),
  ),
});
