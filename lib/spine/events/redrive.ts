// The redrive: passes on what the relay and the fan-out could not, or gave up, as soon as the cause is gone.
import { Validations } from 'aws-cdk-lib';
import { type Code, EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  EVENT_STREAM,
  EVENT_TABLE,
  FAN_OUT_DEAD_LETTERS_URL,
  FAN_OUT_FAILURES_URL,
  LANES,
  RELAY_DEAD_LETTERS_URL,
  RELAY_FAILURES_URL,
  STAGE,
} from '../../../lambdas/spine/bindings/environment.ts';
import { DeadLetterAlarm } from '../operations/dead-letter-alarm.ts';
import { type FunctionDefaults, ServiceFunction } from '../operations/service-function.ts';
import type { FunctionSize } from '../settings/capacity-settings.ts';
import type { EventStream } from './event-stream.ts';
import type { EventTable } from './event-table.ts';
import type { FailureQueue } from './failure-queue.ts';
import { type Subscription, sendEnvironment } from './subscription.ts';

export interface RedriveProps extends FunctionDefaults {
  /** Its metrics' dimension. */
  readonly stage: string;
  readonly size: FunctionSize;
  /** Groups that the relay bundles streams into. */
  readonly lanes: number;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly eventStream: EventStream;
  readonly subscriptions: readonly Subscription[];
  readonly relayFailures: FailureQueue;
  readonly fanOutFailures: FailureQueue;
}

export class Redrive extends ServiceFunction {
  constructor(scope: Construct, id: string, props: RedriveProps) {
    const { alarmTopicArn, eventTable, eventStream, subscriptions, relayFailures, fanOutFailures } = props;
    super(scope, id, {
      ...props,
      environment: {
        [STAGE]: props.stage,
        [EVENT_TABLE]: eventTable.table.tableName,
        [EVENT_STREAM]: eventStream.stream.streamName,
        [LANES]: String(props.lanes),
        [RELAY_FAILURES_URL]: relayFailures.queueUrl,
        [RELAY_DEAD_LETTERS_URL]: relayFailures.deadLetters.queueUrl,
        [FAN_OUT_FAILURES_URL]: fanOutFailures.queueUrl,
        [FAN_OUT_DEAD_LETTERS_URL]: fanOutFailures.deadLetters.queueUrl,
        ...sendEnvironment(subscriptions),
      },
      // What is left of a message goes into the queue again, and each time it is less.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    eventTable.grantLoad(this);
    eventTable.grantChanges(this);
    eventStream.grantPut(this);
    eventStream.grantRead(this);
    for (const subscription of subscriptions) subscription.grantSend(this);
    this.consume('relay', relayFailures, alarmTopicArn);
    this.consume('fan-out', fanOutFailures, alarmTopicArn);
  }

  private consume(hop: string, failures: FailureQueue, alarmTopicArn: string | undefined): void {
    failures.grantRedrive(this);
    const mapping = new EventSourceMapping(this, `${hop}-mapping`, {
      target: this.function,
      eventSourceArn: failures.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'A mapping of a queue has no destination; its failures go to the dead-letter queue of the queue.',
    });
    new DeadLetterAlarm(this, `${hop}-dead-letter-alarm`, {
      alarmTopicArn,
      queue: failures.deadLetters,
      description:
        `What the ${hop} could not pass on can never be redriven: the message is none that this code knows, names a subscriber that ` +
        'is gone, or records that their stream has dropped.',
      remedy: 'find the streams as docs/adr/0019 says, and have their subscribers read them.',
      runbook: 'lost-positions',
    });
  }
}
