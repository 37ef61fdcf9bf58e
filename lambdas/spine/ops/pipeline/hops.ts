// The hops of the pipeline, and what is asked about each.
import type { HopFigures } from '../../aws/cloudwatch/hop-metrics.ts';
import type { QueueDepth } from '../../aws/sqs/queue-depth.ts';

export type HopKind = 'change-stream' | 'event-stream' | 'queue';

export interface Hop {
  readonly name: string;
  readonly kind: HopKind;
  /** URL of the queue that it consumes; of a hop that reads a stream, the one with what it could not pass on. */
  readonly queueUrl: string;
}

export interface PipelinePorts {
  /** From the event table on. */
  readonly hops: readonly Hop[];
  depthOf(queueUrl: string): Promise<QueueDepth>;
  /** By the hops' names; `undefined` when nothing could be measured. Without it nobody measures. */
  figures?(): Promise<ReadonlyMap<string, HopFigures> | undefined>;
  now(): Date;
}
