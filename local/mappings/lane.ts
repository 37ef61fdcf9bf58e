// A lane takes records in order through a function, batch by batch: one invocation at a time, the next batch only when this one is
// done or given up. What arrives meanwhile forms the next batch, so batches grow under load.
import { setTimeout as delay } from 'node:timers/promises';
import { type BatchProcessing, processBatch } from './batch-processing.ts';
import { fittingCount, type StreamRecord } from './stream-record.ts';
import { WakeUp } from './wake-up.ts';

/**
 * Each recent record beyond the first few delays the next batch by this much. So what one command leads to goes on at once,
 * while a faster flow makes batches grow, and bundles with them.
 */
const millisPerRecord = 10;
const recordsAtOnce = 4;

/** How long until a record counts for a third: recent records count most. */
const memoryInMillis = 1_000;

/** The longest of these pauses. AWS looks at a shard of a change stream that often, and at one of Kinesis once a second. */
const longestCycleInMillis = 250;

export class Lane {
  readonly #processing: BatchProcessing;
  readonly #waiting: StreamRecord[] = [];
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #change = new WakeUp();
  /** How many records came of late, when the last batch began. */
  #recent = { count: 0, at: 0 };

  constructor(processing: BatchProcessing) {
    this.#processing = processing;
    this.#running = this.#run();
  }

  push(record: StreamRecord): void {
    this.#waiting.push(record);
    this.#change.ring();
  }

  /** Takes no further batch. Resolves when the running invocation has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#change.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { settings } = this.#processing;
    for (;;) {
      await this.#batchIsDue();
      if (this.#stopping.signal.aborted) return;
      const records = this.#waiting.splice(0, fittingCount(this.#waiting, settings.batchSize));
      const cycleEnd = performance.now() + this.#pauseAfter(records.length);
      const { signal } = this.#stopping;
      await processBatch(records, this.#processing, signal);
      await delay(Math.max(0, cycleEnd - performance.now()), undefined, { signal }).catch(() => {});
    }
  }

  #pauseAfter(records: number): number {
    const at = performance.now();
    const count = records + this.#recent.count * Math.exp((this.#recent.at - at) / memoryInMillis);
    this.#recent = { count, at };
    return Math.min(longestCycleInMillis, Math.max(1, count - recordsAtOnce) * millisPerRecord);
  }

  /** Waits for a first record, then for a full batch or the end of the window. */
  async #batchIsDue(): Promise<void> {
    const { batchSize, batchingWindowInMillis } = this.#processing.settings;
    const { signal } = this.#stopping;
    while (this.#waiting.length === 0 && !signal.aborted) await this.#change.wait();
    const windowEnd = performance.now() + batchingWindowInMillis;
    const isFull = (): boolean =>
      this.#waiting.length >= batchSize || fittingCount(this.#waiting, batchSize) < this.#waiting.length;
    for (;;) {
      const left = windowEnd - performance.now();
      if (left <= 0 || isFull() || signal.aborted) return;
      await this.#change.wait(left);
    }
  }
}
