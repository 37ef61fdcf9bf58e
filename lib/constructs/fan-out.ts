// The fan-out: sends the bundles of the event stream on to the queue of every subscription that wants them.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { queueUrlVariable, SUBSCRIPTIONS } from '../../lambdas/bindings/environment.ts';
import { subscriptions as everySubscription } from '../../lambdas/subscriptions.ts';
import type { StageSettings } from '../stage-settings.ts';
import { DeadLetterAlarm } from './dead-letter-alarm.ts';
import type { EventStream } from './event-stream.ts';
import type { FailureQueue } from './failure-queue.ts';
import { IteratorAgeAlarm } from './iterator-age-alarm.ts';
import { ServiceFunction } from './service-function.ts';
import { StreamMapping } from './stream-mapping.ts';
import type { Subscription } from './subscription.ts';

export interface FanOutProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventStream: EventStream;
  readonly subscriptions: readonly Subscription[];
  readonly failures: FailureQueue;
}

export class FanOut extends ServiceFunction {
  constructor(scope: Construct, id: string, { settings, code, eventStream, subscriptions, failures }: FanOutProps) {
    super(scope, id, {
      settings,
      code,
      size: settings.pipeline,
      environment: {
        [SUBSCRIPTIONS]: JSON.stringify(everySubscription),
        ...Object.fromEntries(subscriptions.map(({ node, queue }) => [queueUrlVariable(node.id), queue.queueUrl])),
      },
    });
    for (const subscription of subscriptions) subscription.grantSend(this);
    eventStream.grantRead(this);
    new StreamMapping(this, 'mapping', { streamArn: eventStream.stream.streamArn, failures });
    new IteratorAgeAlarm(this, 'lag-alarm', { settings, reader: this });
    new DeadLetterAlarm(this, 'failure-alarm', {
      settings,
      queue: failures,
      description: 'The fan-out gave up bundles. Subscribers wait for them until they are redriven or repaired.',
    });
  }
}
