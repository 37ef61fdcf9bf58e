// The relay: carries the event table's change stream to the event stream, in bundles by lane.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_STREAM, LANES, RELAY_FAILURES_URL, WIRE_VERSION } from '../../../lambdas/spine/bindings/environment.ts';
import { type FunctionDefaults, ServiceFunction } from '../operations/service-function.ts';
import type { FunctionSize } from '../settings/capacity-settings.ts';
import type { PipelineSettings } from '../settings/pipeline-settings.ts';
import type { EventStream } from './event-stream.ts';
import type { EventTable } from './event-table.ts';
import type { FailureQueue } from './failure-queue.ts';
import { IteratorAgeAlarm } from './iterator-age-alarm.ts';
import { RedriveAlarms } from './redrive-alarms.ts';
import { StreamMapping } from './stream-mapping.ts';

export interface RelayProps extends FunctionDefaults, Pick<PipelineSettings, 'wireVersion'> {
  readonly size: FunctionSize;
  /** Groups that it bundles streams into. */
  readonly lanes: number;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly eventStream: EventStream;
  readonly failures: FailureQueue;
}

export class Relay extends ServiceFunction {
  constructor(scope: Construct, id: string, props: RelayProps) {
    const { alarmTopicArn, eventTable, eventStream, failures } = props;
    super(scope, id, {
      ...props,
      environment: {
        [EVENT_STREAM]: eventStream.stream.streamName,
        [LANES]: String(props.lanes),
        [WIRE_VERSION]: String(props.wireVersion),
        [RELAY_FAILURES_URL]: failures.queueUrl,
      },
    });
    eventStream.grantPut(this);
    eventTable.grantChanges(this);
    new StreamMapping(this, 'mapping', { streamArn: eventTable.changeStreamArn, failures });
    new IteratorAgeAlarm(this, 'lag-alarm', { alarmTopicArn, reader: this });
    new RedriveAlarms(this, 'failure-alarms', {
      alarmTopicArn,
      failures,
      description:
        'Commits have not reached the event stream for three minutes. Subscribers learn of them as soon as what stands in their way is gone.',
      hop: 'relay',
    });
  }
}
