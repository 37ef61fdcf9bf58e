// Numbers as bytes: seven bits each, low ones first, the eighth says that more follow (LEB128).

export function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

export interface ByteReader {
  readonly isAtEnd: boolean;
  /** @throws RangeError at the end */
  byte(): number;
  /** @throws RangeError at the end, and beyond what a number holds exactly */
  number(): number;
  /** @throws RangeError when fewer are left */
  bytes(count: number): Uint8Array;
  /** All that is left. */
  rest(): Uint8Array;
}

export function byteReader(source: Uint8Array): ByteReader {
  let at = 0;
  const byte = (): number => {
    const value = source[at];
    if (value === undefined) throw new RangeError(`The bytes end at ${at}`);
    at += 1;
    return value;
  };
  return {
    get isAtEnd() {
      return at >= source.length;
    },
    byte,
    number() {
      let value = 0;
      for (let factor = 1; ; factor *= 0x80) {
        const next = byte();
        value += (next % 0x80) * factor;
        if (value > Number.MAX_SAFE_INTEGER) throw new RangeError(`No number at ${at}`);
        if (next < 0x80) return value;
      }
    },
    bytes(count) {
      if (at + count > source.length) throw new RangeError(`The bytes end at ${source.length}`);
      at += count;
      return source.slice(at - count, at);
    },
    rest() {
      const start = at;
      at = source.length;
      return source.slice(start);
    },
  };
}
