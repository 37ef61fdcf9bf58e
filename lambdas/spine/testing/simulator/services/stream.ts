// A stream in shards, each in order: the event table's change stream, or the event stream on Kinesis.

export interface StreamRecord<Data> {
  readonly sequenceNumber: string;
  readonly data: Data;
}

export interface Shard<Data> {
  readonly id: string;
  readonly records: StreamRecord<Data>[];
  /** Called when there is something new. */
  hear: () => void;
}

export class SimulatedStream<Data> {
  readonly name: string;
  readonly shards: readonly Shard<Data>[];
  #count = 0;

  constructor(name: string, shards: number) {
    this.name = name;
    this.shards = Array.from({ length: shards }, (_, index) => ({
      ...{ id: `shardId-${String(index).padStart(12, '0')}`, records: [], hear: () => undefined },
    }));
  }

  put(shard: number, data: Data): void {
    const into = this.shards[shard % this.shards.length] as Shard<Data>;
    this.#count += 1;
    into.records.push({ sequenceNumber: String(this.#count), data });
    into.hear();
  }

  /** The records between two positions, both included. */
  between(shardId: string, first: string, last: string): readonly StreamRecord<Data>[] {
    const records = this.shards.find(({ id }) => id === shardId)?.records ?? [];
    const isMeant = ({ sequenceNumber }: StreamRecord<Data>) =>
      Number(first) <= Number(sequenceNumber) && Number(sequenceNumber) <= Number(last);
    return records.filter(isMeant);
  }
}
