// The records of the change streams without their images, on disk, for who reads them by itself: as long as DynamoDB keeps a stream's
// records (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html), and over a restart.
import { DatabaseSync } from 'node:sqlite';
import type { WireItem } from './wire.ts';
import type { Change } from './write-recorder.ts';

const retentionInMillis = 24 * 60 * 60 * 1000;
const sequenceDigits = 21;

export interface LoggedChange {
  /** Grows with every record; all have as many digits, so it sorts as text. */
  readonly sequenceNumber: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly table: string;
  readonly key: WireItem;
  readonly eventName: Change['eventName'];
}

export class ChangeLog {
  readonly #database: DatabaseSync;
  /** Starts with the clock, or after what there is. */
  #sequence: bigint;

  /** @param path of its file */
  constructor(path: string, now = Date.now()) {
    this.#database = new DatabaseSync(path);
    // What a killed process wrote is with the operating system; a lost machine loses what is recent, as it may the tables.
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS changes (
        "sequence" TEXT PRIMARY KEY, "createdAt" INTEGER, "table" TEXT, "key" TEXT, "eventName" TEXT
      ) WITHOUT ROWID;
    `);
    this.#database.prepare('DELETE FROM changes WHERE "createdAt" < ?').run(now - retentionInMillis);
    const newest = this.#database.prepare('SELECT max("sequence") AS newest FROM changes').get()?.['newest'];
    const byClock = BigInt(now) * 1_000_000_000n;
    const after = typeof newest === 'string' ? BigInt(newest) : 0n;
    this.#sequence = after > byClock ? after : byClock;
  }

  append({ table, key, eventName }: Change, createdAt = Date.now()): LoggedChange {
    this.#sequence += 1n;
    const sequenceNumber = inDigits(this.#sequence);
    this.#insert.run(sequenceNumber, createdAt, table, JSON.stringify(key), eventName);
    return { sequenceNumber, createdAt, table, key, eventName };
  }

  /** Those of a table from that sequence number on, in order; all for 0. */
  from(table: string, sequence: bigint, limit: number): readonly LoggedChange[] {
    return this.#select.all(inDigits(sequence), table, limit).map((row) => ({
      sequenceNumber: String(row['sequence']),
      createdAt: Number(row['createdAt']),
      table,
      key: JSON.parse(String(row['key'])) as WireItem,
      eventName: row['eventName'] as Change['eventName'],
    }));
  }

  /** When the newest record of any table was made; nothing while there is none. */
  newestAt(): number | undefined {
    const newest = this.#database.prepare('SELECT max("createdAt") AS newest FROM changes').get()?.['newest'];
    return typeof newest === 'number' ? newest : undefined;
  }

  close(): void {
    this.#database.close();
  }

  get #insert() {
    return this.#statement('INSERT INTO changes VALUES (?, ?, ?, ?, ?)');
  }

  get #select() {
    return this.#statement('SELECT * FROM changes WHERE "sequence" >= ? AND "table" = ? ORDER BY "sequence" LIMIT ?');
  }

  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  #statement(sql: string): ReturnType<DatabaseSync['prepare']> {
    const prepared = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

const inDigits = (sequence: bigint): string => String(sequence).padStart(sequenceDigits, '0');
