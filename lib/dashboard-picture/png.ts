// The text chunk of a PNG that says which definition it was drawn from (https://www.w3.org/TR/png-3/#11tEXt).
import { crc32 } from 'node:zlib';

const KEYWORD = 'Definition';
const SIGNATURE_BYTES = 8;

/** Inserts the chunk after the header, which comes first. */
export function withDefinition(png: Buffer, hash: string): Buffer {
  const [header] = chunksOf(png);
  const end = header?.end ?? SIGNATURE_BYTES;
  const content = Buffer.from(`tEXt${KEYWORD}\0${hash}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([png.subarray(0, end), length, content, sum, png.subarray(end)]);
}

/** @returns `undefined` for a picture without one */
export function definitionIn(png: Buffer): string | undefined {
  const texts = chunksOf(png).filter(({ type }) => type === 'tEXt');
  const values = texts.map(({ content }) => content.toString('latin1').split('\0'));
  return values.find(([keyword]) => keyword === KEYWORD)?.[1];
}

function chunksOf(png: Buffer) {
  const chunks: { readonly type: string; readonly content: Buffer; readonly end: number }[] = [];
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const end = at + 12 + length;
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), content: png.subarray(at + 8, at + 8 + length), end });
    at = end;
  }
  return chunks;
}
