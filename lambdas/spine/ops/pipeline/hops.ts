// The hops of the pipeline, and what is asked about each.
import type { QueueDepth } from '../../aws/sqs/queue-depth.ts';

export type HopKind = 'change-stream' | 'event-stream' | 'queue';

export interface Hop {
  readonly name: string;
  readonly kind: HopKind;
  /** URL of the queue that it consumes; of a hop that reads a stream, the one with what it could not pass on. */
  readonly queueUrl: string;
}

/** Milliseconds from an event's time until its subscriber was done with it. */
export interface Lag {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface PipelinePorts {
  /** From the event table on. */
  readonly hops: readonly Hop[];
  depthOf(queueUrl: string): Promise<QueueDepth>;
  /** By the hops' names; a hop that has not been measured lately is absent. Without it nothing is measured. */
  lags?(): Promise<ReadonlyMap<string, Lag>>;
  now(): Date;
}
