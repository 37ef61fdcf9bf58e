// Remembered keys, a few bytes each: 24 bits of the key's digest and the version of its commit, which has the digest whole.
// The bytes are a storage format.
import { byteReader, writeNumber } from '../byte-codec.ts';
import type { IdempotencyMark } from '../envelope.ts';

export interface KeyEntry {
  readonly print: number;
  /** Of an event in the key's commit. */
  readonly version: number;
  /** What the commit says, where this process has seen it. */
  readonly mark?: IdempotencyMark & { readonly lastVersion: number };
}

/** 24 bits of any text: FNV-1a, folded. Two keys may share a print, so a match is checked in its commit. */
export function printOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash >>> 24) ^ hash) & 0xffffff;
}

/** Each as the distance to the version before it, and three bytes of print; in the order of their versions. */
export function encodeEntries(entries: readonly KeyEntry[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const { print, version } of entries.toSorted((left, right) => left.version - right.version)) {
    writeNumber(bytes, version - before);
    bytes.push(print >>> 16, (print >>> 8) & 0xff, print & 0xff);
    before = version;
  }
  return Uint8Array.from(bytes);
}

/** @throws RangeError when the bytes are no entries */
export function* decodeEntries(bytes: Uint8Array): Generator<KeyEntry, void> {
  const reader = byteReader(bytes);
  let version = 0;
  while (!reader.isAtEnd) {
    version += reader.number();
    yield { version, print: (reader.byte() << 16) | (reader.byte() << 8) | reader.byte() };
  }
}

/** Whether the bytes hold that many entries. Bytes of other code, or damaged ones, do not. */
export function isOfEntries(bytes: Uint8Array, count: number): boolean {
  try {
    return [...decodeEntries(bytes)].length === count;
  } catch {
    return false;
  }
}

/** Versions of the entries with the print: a tight loop, as a warm command looks through tens of thousands. */
export function versionsOf(bytes: Uint8Array, print: number): number[] {
  const [first, second, third] = [print >>> 16, (print >>> 8) & 0xff, print & 0xff];
  const found: number[] = [];
  let version = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    let factor = 1;
    for (let byte = 0x80; byte >= 0x80; factor *= 0x80) {
      byte = bytes[at++] ?? 0;
      version += (byte % 0x80) * factor;
    }
    if (bytes[at + 2] === third && bytes[at + 1] === second && bytes[at] === first) found.push(version);
  }
  return found;
}
