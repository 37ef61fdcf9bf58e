// A Bloom filter over prints of keys: a print that it does not hold was never added; one that it holds may have been.

/** Its rate of false positives is 1 in 100 with 160 prints in it, 1 in 4 with 1,000, and nearly 1 with 10,000. */
const FILTER_IN_BYTES = 384;

/** A filter with more prints than that suspects nearly every print, and is left out. */
export const MOST_KEYS_OF_A_FILTER = 3_000;

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
