// Reads one shard of a Kinesis stream from its oldest record on. It reads when records are known to have come (AWS polls once a
// second), and no further ahead than the function keeps up.
import { setTimeout as delay } from 'node:timers/promises';
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  type _Record as KinesisRecord,
} from '@aws-sdk/client-kinesis';
import { WakeUp } from './wake-up.ts';

export interface Shard {
  readonly stream: string;
  readonly shardId: string;
}

export interface ShardReading {
  readonly client: KinesisClient;
  readonly shard: Shard;
  /** Records of a look at most. */
  readonly limit: number;
  /** Whether there is room for what another look may bring. */
  hasRoom(): boolean;
  take(record: KinesisRecord): void;
  warn(message: string): void;
}

const pauseInMillis = 50;

export class ShardReader {
  readonly #reading: ShardReading;
  readonly #change = new WakeUp();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #unread = 0;
  #iterator: string | undefined;
  #lastRead: string | undefined;

  constructor(reading: ShardReading) {
    this.#reading = reading;
    this.#running = this.#run();
  }

  /** Records that have come and were not yet read. A look may find a record before its arrival is known; it counts as none. */
  get unread(): number {
    return Math.max(0, this.#unread);
  }

  /** A record has come. */
  arrived(): void {
    this.#unread += 1;
    this.#change.ring();
  }

  /** There may be room again. */
  look(): void {
    this.#change.ring();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#change.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const isDue = this.#unread > 0 && this.#reading.hasRoom();
      if (!isDue) await this.#change.wait();
      else if ((await this.#read()) === 0) await delay(pauseInMillis, undefined, { signal }).catch(() => {});
    }
  }

  /** Hands on what it finds. @returns how many records that were */
  async #read(): Promise<number> {
    const { client, limit, shard, take, warn } = this.#reading;
    const options = { abortSignal: this.#stopping.signal };
    try {
      const iterator = this.#iterator ?? (await this.#newIterator());
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
        options,
      );
      this.#iterator = NextShardIterator;
      this.#unread -= Records.length;
      this.#lastRead = Records.at(-1)?.SequenceNumber ?? this.#lastRead;
      for (const record of Records) take(record);
      return Records.length;
    } catch (error) {
      this.#iterator = undefined;
      if (!this.#stopping.signal.aborted && !(error instanceof ExpiredIteratorException))
        warn(`${shard.shardId} of ${shard.stream} could not be read and is tried again: ${error}`);
      return 0;
    }
  }

  async #newIterator(): Promise<string | undefined> {
    const { client, shard } = this.#reading;
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName: shard.stream,
        ShardId: shard.shardId,
        ...(this.#lastRead === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: this.#lastRead }),
      }),
      { abortSignal: this.#stopping.signal },
    );
    return ShardIterator;
  }
}
