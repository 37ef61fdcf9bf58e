// Hands a shard's records to a function in order, as Lambda does: what fails comes again from the first failed record on, a batch that
// ends without an answer in halves, and after so many attempts its position goes to the failure queue
// (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html and …/services-dynamodb-errors.html).
import type { BatchResponse } from '../../../runtime/batch-response.ts';
import type { Outcome, SimulatedFunction } from '../functions/simulated-function.ts';
import type { World } from '../world/world.ts';
import type { Shard, SimulatedStream, StreamRecord } from './stream.ts';

export interface StreamMapping<Data, Event> {
  readonly to: SimulatedFunction<Event, BatchResponse>;
  eventOf(records: readonly StreamRecord<Data>[], shard: Shard<Data>): Event;
  /** Takes word of what was not processed. */
  giveUp(shardId: string, first: string, last: string): void;
  readonly mostAttempts: number;
}

const BATCH = 10;
const POLL_IN_MILLIS = 50;
const RETRY_IN_MILLIS = 1_000;
const LATEST_IN_MILLIS = 600_000;

export function mapStream<Data, Event>(
  world: World,
  stream: SimulatedStream<Data>,
  mapping: StreamMapping<Data, Event>,
): void {
  for (const shard of stream.shards) {
    const reader = new ShardReader(world, stream.name, shard, mapping);
    shard.hear = () => reader.wake();
  }
}

class ShardReader<Data, Event> {
  readonly #world: World;
  /** Of the stream. */
  readonly #name: string;
  readonly #shard: Shard<Data>;
  readonly #mapping: StreamMapping<Data, Event>;
  #position = 0;
  #attempts = 0;
  #most = BATCH;
  #isBusy = false;

  constructor(world: World, name: string, shard: Shard<Data>, mapping: StreamMapping<Data, Event>) {
    this.#world = world;
    this.#name = name;
    this.#shard = shard;
    this.#mapping = mapping;
  }

  wake(inMillis?: number): void {
    if (this.#isBusy || this.#position >= this.#shard.records.length) return;
    const { chance, faults, time } = this.#world;
    const isLate = faults.strikes('delay', this.#name);
    const usual = inMillis ?? chance.at(`poll ${this.#name}`) * POLL_IN_MILLIS;
    this.#isBusy = true;
    time.plan(isLate ? chance.at(`late in ${this.#name}`) * LATEST_IN_MILLIS : usual, () => this.#poll());
  }

  #poll(): void {
    const { to, eventOf } = this.#mapping;
    if (!to.hasRoom) {
      this.#goOn(RETRY_IN_MILLIS);
      return;
    }
    const batch = this.#batch();
    const kept = batch.filter(() => !this.#world.faults.strikes('drop', this.#name));
    if (kept.length < batch.length) this.#tell(`loses ${batch.length - kept.length} of ${batch.length} records`);
    if (kept.length === 0) {
      this.#advance(batch.length);
      this.#goOn();
      return;
    }
    this.#world.tell(to.name, `gets ${kept.length} of ${this.#name}`);
    to.invoke(eventOf(kept, this.#shard), (outcome) => this.#settle(batch, outcome));
  }

  #batch(): readonly StreamRecord<Data>[] {
    const count = 1 + this.#world.chance.below(`batch of ${this.#name}`, BATCH);
    return this.#shard.records.slice(this.#position, this.#position + Math.min(count, this.#most));
  }

  #settle(batch: readonly StreamRecord<Data>[], outcome: Outcome<BatchResponse>): void {
    const done = doneOf(batch, outcome);
    if (done < batch.length) {
      this.#failed(batch, done, outcome.kind === 'failed');
      return;
    }
    // What was done may be done again: the position is kept apart from it.
    if (this.#world.faults.strikes('duplicate', this.#name)) this.#tell(`hands ${batch.length} records over again`);
    else this.#advance(batch.length);
    this.#goOn();
  }

  #failed(batch: readonly StreamRecord<Data>[], done: number, isInHalves: boolean): void {
    const left = batch.slice(done);
    const attempts = done === 0 ? this.#attempts + 1 : 1;
    if (done > 0) this.#advance(done);
    this.#attempts = attempts;
    this.#most = isInHalves ? Math.ceil(left.length / 2) : BATCH;
    if (attempts > this.#mapping.mostAttempts) {
      this.#tell(`${left.length} records are given up`);
      this.#mapping.giveUp(this.#shard.id, left[0]?.sequenceNumber ?? '', left.at(-1)?.sequenceNumber ?? '');
      this.#advance(left.length);
    }
    this.#goOn(RETRY_IN_MILLIS * attempts);
  }

  #advance(count: number): void {
    this.#position += count;
    this.#attempts = 0;
    this.#most = BATCH;
  }

  #goOn(inMillis?: number): void {
    this.#isBusy = false;
    this.wake(inMillis);
  }

  #tell(what: string): void {
    this.#world.tell(this.#name, what);
  }
}

/** How many of the batch are done, from the first on. */
function doneOf(batch: readonly StreamRecord<unknown>[], outcome: Outcome<BatchResponse>): number {
  if (outcome.kind === 'failed') return 0;
  const [failed] = outcome.answer.batchItemFailures;
  if (!failed) return batch.length;
  return Math.max(
    0,
    batch.findIndex(({ sequenceNumber }) => sequenceNumber === failed.itemIdentifier),
  );
}
