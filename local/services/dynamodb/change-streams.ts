// The change streams of the tables: makes the records that Lambda delivers out of the recorded writes, for those who read them.
import { randomUUID } from 'node:crypto';
import type { ChangeRecord } from '../../ports.ts';
import { region } from '../../template/account.ts';
import type { Change } from './write-recorder.ts';

export type ChangeReader = (record: ChangeRecord) => void;

const sequenceDigits = 21;

export class ChangeStreams {
  readonly #readers = new Map<string, { readonly streamArn: string; readonly reader: ChangeReader }[]>();
  /** What was written before the streams began to flow. */
  #held: Change[] | undefined = [];
  /** Starts with the clock, so that it grows over a restart too. */
  #sequence = BigInt(Date.now()) * 1_000_000_000n;

  /**
   * Reads a table's stream, from the first record of this run on if it is called before `flow`.
   * @param streamArn `arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>`
   * @throws Error for another ARN
   */
  read(streamArn: string, reader: ChangeReader): void {
    const table = /:table\/([^/]+)\/stream\//.exec(streamArn)?.[1];
    if (table === undefined)
      throw new Error(`a change stream's ARN has the form …:table/<table>/stream/<label>: ${streamArn}`);
    const readers = this.#readers.get(table) ?? [];
    this.#readers.set(table, [...readers, { streamArn, reader }]);
  }

  /** Lets the records go to the readers, those held back first. */
  flow(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const change of held) this.push(change);
  }

  push(change: Change): void {
    if (this.#held !== undefined) {
      this.#held.push(change);
      return;
    }
    this.#sequence += 1n;
    for (const { streamArn, reader } of this.#readers.get(change.table) ?? []) reader(this.#record(change, streamArn));
  }

  #record({ key, item, oldItem, eventName }: Change, streamArn: string): ChangeRecord {
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventName,
      eventSource: 'aws:dynamodb',
      eventSourceARN: streamArn,
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: Date.now() / 1000,
        Keys: key,
        NewImage: item,
        ...(oldItem && { OldImage: oldItem }),
        SequenceNumber: String(this.#sequence).padStart(sequenceDigits, '0'),
        SizeBytes: Buffer.byteLength(JSON.stringify(item)),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
  }
}
