// A subscriber: a function that consumes the queue of a subscription, and the alarms that tell when it fails or lags.
import { Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SUBSCRIBER_DELIVERIES } from '../../../lambdas/spine/bindings/dead-letters.ts';
import {
  DELIVERIES,
  HINTS_PER_MESSAGE,
  OPERATIONS_TABLE,
  OWN_QUEUE_URL,
  STAGE,
  SUBSCRIPTION,
} from '../../../lambdas/spine/bindings/environment.ts';
import { LAG } from '../../../lambdas/spine/bindings/metrics.ts';
import { DeadLetterAlarm } from '../operations/dead-letter-alarm.ts';
import type { OperationsTable } from '../operations/operations-table.ts';
import { OperatorAlarm } from '../operations/operator-alarm.ts';
import { ServiceFunction, type ServiceFunctionProps } from '../operations/service-function.ts';
import { serviceMetric } from '../operations/service-metric.ts';
import type { PipelineSettings } from '../settings/pipeline-settings.ts';
import type { Subscription } from './subscription.ts';

export interface LagAlarmProps extends Pick<PipelineSettings, 'lagAlarmSeconds'> {
  /**
   * How long an event may wait by design.
   * @default it does not
   */
  readonly waits?: Duration;
}

export interface SubscriberProps extends Omit<ServiceFunctionProps, 'size' | 'recursiveLoop'> {
  /** Its metrics' dimension. */
  readonly stage: string;
  readonly subscription: Subscription;
  /**
   * Where it notes its dead letters.
   * @default it notes none
   */
  readonly operations?: OperationsTable;
  /** What it means for users when messages are not processed, as a sentence for the alarm. */
  readonly impact: string;
  /**
   * Most invocations at a time.
   * @default that of the stage's subscribers
   */
  readonly maximumConcurrency?: number;
  /**
   * Longest delay of a message in the queue.
   * @default no message is delayed
   */
  readonly longestDelay?: Duration;
  /**
   * How far behind its events the subscriber may be before an operator hears of it.
   * @default it measures no lag
   */
  readonly lagAlarm?: LagAlarmProps;
  /**
   * How long Lambda gathers messages for a batch, at most. Whole seconds.
   * @default none: it takes what is there
   */
  readonly batchingWindow?: Duration;
}

/** For a subscriber with a batching window, which does once what its messages have in common. */
const gatheredBatchSize = 1_000;

export class Subscriber extends ServiceFunction {
  readonly subscription: Subscription;

  constructor(scope: Construct, id: string, props: SubscriberProps) {
    const { subscription, operations } = props;
    super(scope, id, {
      ...props,
      size: subscription.subscriber,
      environment: {
        ...props.environment,
        [STAGE]: props.stage,
        [OWN_QUEUE_URL]: subscription.queue.queueUrl,
        [HINTS_PER_MESSAGE]: String(subscription.sizes.hintsPerMessage),
        ...(operations && {
          [SUBSCRIPTION]: subscription.node.id,
          [DELIVERIES]: String(SUBSCRIBER_DELIVERIES),
          [OPERATIONS_TABLE]: operations.table.tableName,
        }),
      },
      // It sends to its own queue what it has no time for, and timers. Lambda takes the sixteenth round or so of a message for
      // a runaway loop and stops the function (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html). What is
      // handed on gets less each time, a timer ends at its deadline, and a second pass causes no third.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.subscription = subscription;
    subscription.queue.grantConsumeMessages(this);
    subscription.grantSend(this);
    operations?.grantNoteDeadLetters(this, subscription.node.id);
    this.addMapping(props);
    this.addAlarms(props);
  }

  private addMapping(props: SubscriberProps): void {
    const { subscription, maximumConcurrency, batchingWindow = Duration.seconds(0) } = props;
    const mapping = new EventSourceMapping(this, 'mapping', {
      target: this.function,
      eventSourceArn: subscription.queue.queueArn,
      ...(batchingWindow.toSeconds() === 0
        ? { batchSize: subscription.sizes.messagesPerBatch }
        : { batchSize: gatheredBatchSize, maxBatchingWindow: batchingWindow }),
      reportBatchItemFailures: true,
      maxConcurrency: maximumConcurrency ?? subscription.subscriber.maximumConcurrency,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A mapping of a queue has no destination; its failures go to the dead-letter queue of the queue.',
    });
  }

  private addAlarms({ stage, alarmTopicArn, subscription, impact, longestDelay, lagAlarm }: SubscriberProps): void {
    const { node, queue, deadLetters } = subscription;
    new DeadLetterAlarm(this, 'dead-letter-alarm', {
      alarmTopicArn,
      queue: deadLetters,
      description: `Messages for ${node.id} could not be processed. ${impact}`,
    });
    // SQS does not say that a message's age leaves its delay out, so the longest delay is no lag yet.
    const lag = Duration.minutes(1).plus(longestDelay ?? Duration.seconds(0));
    new OperatorAlarm(this, 'lag-alarm', {
      alarmTopicArn,
      runbook: 'subscriber-lag',
      description: `${node.id} has been ${lag.toSeconds()} s or more behind its queue for five minutes.`,
      remedy:
        'look for errors and for throttles of the function, and whether what it calls is slow; if nothing is wrong, raise its maximumConcurrency.',
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: lag.toSeconds(),
      periods: 5,
    });
    if (!lagAlarm) return;
    const { lagAlarmSeconds, waits = Duration.seconds(0) } = lagAlarm;
    const most = waits.plus(Duration.seconds(lagAlarmSeconds));
    new OperatorAlarm(this, 'event-lag-alarm', {
      alarmTopicArn,
      runbook: 'subscriber-lag',
      description: `${this.node.id} has been done with events ${most.toSeconds()} s or more after they happened, one in a hundred or more, for five minutes. ${impact}`,
      remedy:
        'look at the hops before it, from the relay on: the first whose alarm rings, or whose queue grows, is the one that is slow.',
      metric: serviceMetric({ stage }, this.node.id, LAG, { statistic: 'p99', period: Duration.minutes(1) }),
      threshold: most.toMilliseconds(),
      periods: 5,
    });
  }
}
