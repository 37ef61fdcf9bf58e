// The fan-out: sends the bundles of the event stream on to the queue of every subscription that wants them.
import { StreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { FAN_OUT_FAILURES_URL, WIRE_VERSION } from '../../../lambdas/spine/bindings/environment.ts';
import { type FunctionDefaults, ServiceFunction } from '../operations/service-function.ts';
import type { FunctionSize } from '../settings/capacity-settings.ts';
import type { PipelineSettings } from '../settings/pipeline-settings.ts';
import type { EventStream } from './event-stream.ts';
import type { FailureQueue } from './failure-queue.ts';
import { IteratorAgeAlarm } from './iterator-age-alarm.ts';
import { RedriveAlarms } from './redrive-alarms.ts';
import { StreamMapping } from './stream-mapping.ts';
import { type Subscription, sendEnvironment } from './subscription.ts';

export interface FanOutProps extends FunctionDefaults, Pick<PipelineSettings, 'fanOut' | 'wireVersion'> {
  readonly size: FunctionSize;
  readonly code: Code;
  readonly eventStream: EventStream;
  readonly subscriptions: readonly Subscription[];
  readonly failures: FailureQueue;
}

export class FanOut extends ServiceFunction {
  constructor(scope: Construct, id: string, props: FanOutProps) {
    const { alarmTopicArn, eventStream, subscriptions, failures } = props;
    super(scope, id, {
      ...props,
      environment: {
        [FAN_OUT_FAILURES_URL]: failures.queueUrl,
        [WIRE_VERSION]: String(props.wireVersion),
        ...sendEnvironment(subscriptions),
      },
    });
    for (const subscription of subscriptions) subscription.grantSend(this);
    eventStream.grantRead(this);
    const streamArn = props.fanOut === 'enhanced' ? this.registered(eventStream) : eventStream.stream.streamArn;
    new StreamMapping(this, 'mapping', { streamArn, failures });
    new IteratorAgeAlarm(this, 'lag-alarm', { alarmTopicArn, reader: this });
    new RedriveAlarms(this, 'failure-alarms', {
      alarmTopicArn,
      failures,
      description:
        'Hints have not reached a subscriber for three minutes. It learns of them as soon as what stands in their way is gone.',
      hop: 'fan-out',
    });
  }

  /** Registers the fan-out with the stream, so that Kinesis pushes to it. @returns what its mapping reads */
  private registered({ stream }: EventStream): string {
    const consumer = new StreamConsumer(this, 'consumer', { stream, streamConsumerName: 'fan-out' });
    consumer.grantRead(this);
    return consumer.streamConsumerArn;
  }
}
