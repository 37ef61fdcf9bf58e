// How events get from the event table to the subscribers.
import { isOnOneMachine, type Stage } from './stages.ts';

export interface PipelineSettings {
  readonly eventStream: {
    readonly shards: number | 'on-demand';
    /** Groups that the relay bundles streams into; at least the number of shards. */
    readonly lanes: number;
  };
  /**
   * How the fan-out reads the event stream: Lambda polls each shard once a second, or Kinesis pushes to it (enhanced fan-out), which
   * costs more for each shard and hour (docs/adr/0040-polled-or-pushed.md).
   * @default polling
   */
  readonly fanOut?: 'polling' | 'enhanced';
  /**
   * Newest version of the bundles' wire form that is written. A stage whose code reads 1 only is deployed once with 1
   * (docs/adr/0039-bundles-that-are-packed.md).
   * @default 2
   */
  readonly wireVersion?: 1 | 2;
}

/** Pipeline settings before they are checked. */
export type PipelineDraft = Omit<PipelineSettings, 'fanOut' | 'wireVersion'> & {
  readonly fanOut?: string;
  readonly wireVersion?: number;
};

export const newestWireVersion = 2;

/** The rules that pipeline settings break. */
export function* brokenPipelineRules(
  stage: Stage,
  { eventStream, fanOut = 'polling', wireVersion = newestWireVersion }: PipelineDraft,
): Generator<string> {
  if (eventStream.shards !== 'on-demand' && eventStream.lanes < eventStream.shards) {
    yield `eventStream.lanes must be at least eventStream.shards (${eventStream.shards}), got ${eventStream.lanes}`;
  }
  if (fanOut !== 'polling' && fanOut !== 'enhanced') {
    yield `fanOut (-c fanOut) must be "polling" or "enhanced", got "${fanOut}"`;
  } else if (fanOut === 'enhanced' && isOnOneMachine(stage)) {
    yield `fanOut (-c fanOut) must be "polling" where nothing is pushed: what acts as Kinesis on a machine has no consumers, got "${fanOut}"`;
  }
  if (wireVersion !== 1 && wireVersion !== newestWireVersion) {
    yield `wireVersion (-c wireVersion) must be 1 or 2, got ${wireVersion}`;
  }
}
