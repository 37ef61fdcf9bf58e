// A Bloom filter over prints of keys: a print that it does not hold was never added; one that it holds may have been.

/** With 600 prints, 1 of 10 others seems to be held; with 10,000 nearly all, and the filter is of no use. */
const FILTER_IN_BYTES = 320;

export function filterOf(prints: Iterable<number>, from: Uint8Array = new Uint8Array(FILTER_IN_BYTES)): Uint8Array {
  const filter = from.slice();
  for (const print of prints) {
    for (const bit of bitsOf(print, filter.length)) filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
  return filter;
}

export const mayHold = (filter: Uint8Array, print: number): boolean =>
  bitsOf(print, filter.length).every((bit) => (filter[bit >>> 3] ?? 0) & (1 << (bit & 7)));

function bitsOf(print: number, bytes: number): readonly number[] {
  const bits = bytes * 8;
  return [Math.imul(print, 0x9e3779b1) >>> 0, Math.imul(print ^ 0x5bd1e9, 0x85ebca6b) >>> 0].map((hash) =>
    Math.floor((hash / 2 ** 32) * bits),
  );
}
