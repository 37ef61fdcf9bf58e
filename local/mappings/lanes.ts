// The lanes of one shard. Records with the same partition key go down the same lane, so they stay in order.
import { createHash } from 'node:crypto';
import type { BatchProcessing } from './batch-processing.ts';
import { Lane } from './lane.ts';
import type { StreamRecord } from './stream-record.ts';

export class Lanes {
  readonly #lanes: readonly Lane[];
  #held = 0;

  /** @param completed called after every batch, when records are done or given up */
  constructor(processing: Omit<BatchProcessing, 'completed'>, completed: () => void = () => {}) {
    const laneProcessing: BatchProcessing = {
      ...processing,
      completed: (count) => {
        this.#held -= count;
        completed();
      },
    };
    this.#lanes = Array.from({ length: processing.settings.lanesPerShard }, () => new Lane(laneProcessing));
  }

  /** Records that are neither done nor given up. */
  get held(): number {
    return this.#held;
  }

  push(record: StreamRecord): void {
    this.#held += 1;
    this.#lanes[this.#laneOf(record.partitionKey)]?.push(record);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  #laneOf(partitionKey: string): number {
    return createHash('md5').update(partitionKey).digest().readUInt32BE() % this.#lanes.length;
  }
}
