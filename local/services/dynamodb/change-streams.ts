// The change streams of the tables: makes the records that Lambda delivers out of the recorded writes, for those who read them.
import { randomUUID } from 'node:crypto';
import type { ChangeRecord } from '../../ports.ts';
import { region } from '../../template/account.ts';
import type { LoggedChange } from './change-log.ts';
import { tableOfStream } from './stream-arn.ts';
import type { Change } from './write-recorder.ts';

export type ChangeReader = (record: ChangeRecord) => void;

interface Written {
  readonly change: Change;
  readonly logged: LoggedChange;
}

export class ChangeStreams {
  readonly #readers = new Map<string, { readonly streamArn: string; readonly reader: ChangeReader }[]>();
  /** What was written before the streams began to flow. */
  #held: Written[] | undefined = [];
  #newestAt: number | undefined;

  /**
   * Reads a table's stream, from the first record of this run on if it is called before `flow`.
   * @param streamArn `arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>`
   * @throws Error for another ARN
   */
  read(streamArn: string, reader: ChangeReader): void {
    const table = tableOfStream(streamArn);
    const readers = this.#readers.get(table) ?? [];
    this.#readers.set(table, [...readers, { streamArn, reader }]);
  }

  /** Lets the records go to the readers, those held back first. */
  flow(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { change, logged } of held) this.push(change, logged);
  }

  push(change: Change, logged: LoggedChange): void {
    this.#newestAt = logged.createdAt;
    if (this.#held !== undefined) {
      this.#held.push({ change, logged });
      return;
    }
    for (const { streamArn, reader } of this.#readers.get(change.table) ?? [])
      reader(this.#record(change, logged, streamArn));
  }

  /** When the newest record was made, in milliseconds since 1970; nothing while there is none. */
  get newestAt(): number | undefined {
    return this.#newestAt;
  }

  /** @param newestAt of the runs before */
  resume(newestAt: number | undefined): void {
    this.#newestAt ??= newestAt;
  }

  #record(
    { key, item, oldItem, eventName }: Change,
    { sequenceNumber, createdAt }: LoggedChange,
    streamArn: string,
  ): ChangeRecord {
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventName,
      eventSource: 'aws:dynamodb',
      eventSourceARN: streamArn,
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: createdAt / 1000,
        Keys: key,
        NewImage: item,
        ...(oldItem && { OldImage: oldItem }),
        SequenceNumber: sequenceNumber,
        SizeBytes: Buffer.byteLength(JSON.stringify(item)),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
  }
}
