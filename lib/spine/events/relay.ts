// The relay: carries the event table's change stream to the event stream, in bundles by lane.
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_STREAM, LANES, RELAY_FAILURES_URL, WIRE_VERSION } from '../../../lambdas/spine/bindings/environment.ts';
import { ServiceFunction } from '../operations/service-function.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { EventStream } from './event-stream.ts';
import type { EventTable } from './event-table.ts';
import type { FailureQueue } from './failure-queue.ts';
import { IteratorAgeAlarm } from './iterator-age-alarm.ts';
import { RedriveAlarms } from './redrive-alarms.ts';
import { StreamMapping } from './stream-mapping.ts';

export interface RelayProps {
  readonly settings: StageSettings;
  readonly code: Code;
  readonly eventTable: EventTable;
  readonly eventStream: EventStream;
  readonly failures: FailureQueue;
}

export class Relay extends ServiceFunction {
  constructor(scope: Construct, id: string, { settings, code, eventTable, eventStream, failures }: RelayProps) {
    super(scope, id, {
      settings,
      code,
      size: settings.pipeline,
      environment: {
        [EVENT_STREAM]: eventStream.stream.streamName,
        [LANES]: String(settings.eventStream.lanes),
        [WIRE_VERSION]: String(settings.wireVersion),
        [RELAY_FAILURES_URL]: failures.queueUrl,
      },
    });
    eventStream.grantPut(this);
    eventTable.grantChanges(this);
    new StreamMapping(this, 'mapping', { streamArn: eventTable.changeStreamArn, failures });
    new IteratorAgeAlarm(this, 'lag-alarm', { settings, reader: this });
    new RedriveAlarms(this, 'failure-alarms', {
      settings,
      failures,
      description:
        'Commits have not reached the event stream for three minutes. Subscribers learn of them as soon as what stands in their way is gone.',
      hop: 'relay',
    });
  }
}
