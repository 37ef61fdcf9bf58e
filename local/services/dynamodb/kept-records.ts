// The records of the change streams that a function has given up, kept for who reads them back: as long as DynamoDB keeps a stream's
// records, and over a restart. What a function has done is not kept: nobody asks for it again.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ChangeRecord } from '../../ports.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const retentionInMillis = 24 * 60 * 60 * 1000;

export class KeptRecords {
  readonly #path: string;
  readonly #records: ChangeRecord[];

  /** @param path of the file that holds them, a line each */
  constructor(path: string, now = Date.now()) {
    this.#path = path;
    const lines = existsSync(path) ? (readFileSync(path, 'utf8').match(/[^\n]*\n/g) ?? []) : [];
    this.#records = lines
      .map((line) => JSON.parse(line) as ChangeRecord)
      .filter(({ dynamodb }) => dynamodb.ApproximateCreationDateTime * 1000 > now - retentionInMillis);
    if (this.#records.length < lines.length) writeFileSync(path, this.#records.map(lineOf).join(''));
  }

  keep(records: readonly ChangeRecord[]): void {
    appendFileSync(this.#path, records.map(lineOf).join(''));
    this.#records.push(...records);
  }

  /** Those of the stream from that sequence number on, in order. */
  from(streamArn: string, sequenceNumber: bigint): readonly ChangeRecord[] {
    return this.#records
      .filter((record) => record.eventSourceARN === streamArn && sequenceOf(record) >= sequenceNumber)
      .sort((left, right) => (sequenceOf(left) < sequenceOf(right) ? -1 : 1));
  }
}

const lineOf = (record: ChangeRecord): string => `${JSON.stringify(record)}\n`;

export const sequenceOf = ({ dynamodb }: ChangeRecord): bigint => BigInt(dynamodb.SequenceNumber);
