// How the relay and the fan-out read their streams: from the oldest record on, at once, in order.
//
// Relay and fan-out fail only as a whole: when they crash, time out or do not start. A failing batch is retried, and halved to
// isolate a record that never works. After its retries, or half way to the time when its stream drops it, Lambda reports its position
// to the failure queue, and the redrive reads it back from the stream: half of the time is left for that (docs/adr/0019).
import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ServiceFunction } from '../operations/service-function.ts';
import type { FailureQueue } from './failure-queue.ts';

export interface StreamMappingProps {
  readonly streamArn: string;
  readonly failures: FailureQueue;
}

export class StreamMapping extends EventSourceMapping {
  /** @param reader must have been granted read access to the stream before */
  constructor(reader: ServiceFunction, id: string, { streamArn, failures }: StreamMappingProps) {
    super(reader, id, {
      target: reader.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      // With more, Lambda keeps the order of one item only, and a commit is an item: a stream's commits would overtake
      // one another. It would also split batches and so make the bundles smaller.
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 20,
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(failures),
    });
  }
}
