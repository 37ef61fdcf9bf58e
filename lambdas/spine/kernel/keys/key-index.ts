// Which idempotency keys a stream has seen: the newest in the index itself, older ones in runs. A run rides in one commit, is
// never changed, and is forgotten when all of its keys have expired. Times are those of commits, which never fall.
import { byteReader, writeNumber } from '../byte-codec.ts';
import { type Commit, lastVersion } from '../envelope.ts';
import { decodeEntries, encodeEntries, type KeyEntry, printOf } from './key-entries.ts';
import { MINUTES_REMEMBERED, minuteOf } from './key-time.ts';

export interface KeyRun {
  /** Of the first event of the commit in which it rides. */
  readonly version: number;
  readonly count: number;
  /** Minutes since 1970 of its oldest key, or before, and of its newest, or after. */
  readonly oldest: number;
  readonly newest: number;
  /** Its keys as they ride (`key-entries.ts`), where this process has read them. */
  readonly entries?: Uint8Array;
}

export interface KeyIndex {
  /** Keys in no run, oldest first. */
  readonly recent: readonly KeyEntry[];
  /** Minute since 1970 of the oldest of `recent`, or before it. */
  readonly since: number;
  /** Oldest first. */
  readonly runs: readonly KeyRun[];
  /** Holds the prints of all keys in runs; without one, any key may be in them. */
  readonly filter?: Uint8Array;
}

export const noKeys: KeyIndex = { recent: [], since: 0, runs: [] };

/** The index after the commit. */
export function rememberKey(index: KeyIndex, commit: Commit): KeyIndex {
  const { idempotency, version, time } = commit;
  if (!idempotency) return index;
  const mark = { ...idempotency, lastVersion: lastVersion(commit) };
  return {
    ...index,
    recent: [...index.recent, { print: printOf(idempotency.key), version, mark }],
    since: index.recent.length === 0 ? minuteOf(time) : index.since,
  };
}

/** The index without the runs that have expired by that minute. */
export function withoutOldRuns(index: KeyIndex, now: number): KeyIndex {
  const runs = index.runs.filter(({ newest }) => now - newest <= MINUTES_REMEMBERED);
  if (runs.length === index.runs.length) return index;
  const { filter, ...rest } = index;
  return { ...rest, runs, ...(filter && runs.length > 0 && { filter }) };
}

const FORMAT = 1;

/** A storage format: its number, the filter, the runs, and the newest keys. */
export function encodeIndex({ recent, since, runs, filter = new Uint8Array() }: KeyIndex): Uint8Array {
  const bytes = [FORMAT];
  writeNumber(bytes, filter.length);
  bytes.push(...filter);
  writeNumber(bytes, runs.length);
  for (const { version, count, oldest, newest } of runs) {
    for (const value of [version, count, newest, newest - oldest]) writeNumber(bytes, value);
  }
  if (recent.length > 0) writeNumber(bytes, since);
  return Buffer.concat([Uint8Array.from(bytes), encodeEntries(recent)]);
}

/** @returns `undefined` for bytes in a form of other code */
export function decodeIndex(bytes: Uint8Array): KeyIndex | undefined {
  try {
    const reader = byteReader(bytes);
    if (reader.byte() !== FORMAT) return undefined;
    const filter = reader.bytes(reader.number());
    const runs = Array.from({ length: reader.number() }, (): KeyRun => {
      const [version, count, newest] = [reader.number(), reader.number(), reader.number()];
      return { version, count, newest, oldest: newest - reader.number() };
    });
    const since = reader.isAtEnd ? 0 : reader.number();
    const recent = [...decodeEntries(reader.rest())];
    return { recent, since, runs, ...(filter.length > 0 && { filter }) };
  } catch {
    return undefined;
  }
}
