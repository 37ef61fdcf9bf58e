// Items in the files that DynamoDB exports to S3 and imports from there: a line of JSON each, `{"Item":{"stream":{"S":"loan-1"},…}}`, deflated.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';
import type { WireItem } from '../services/dynamodb/wire.ts';

const line = z.object({ Item: z.record(z.string(), z.unknown()) });
const summary = z.object({ itemCount: z.int() });
const summaryFile = 'manifest-summary.json';

/** @returns how many they were */
export async function writeItems(file: string, items: AsyncIterable<WireItem>): Promise<number> {
  let count = 0;
  const lines = async function* () {
    for await (const Item of items) {
      count += 1;
      yield `${JSON.stringify({ Item })}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file));
  return count;
}

/**
 * @param path an export's folder, one above it, or one file of its data
 * @throws Error that names the file, for a line that is no item
 */
export async function* readItems(path: string): AsyncGenerator<WireItem> {
  for (const file of await dataFilesIn(path)) {
    const bytes = createReadStream(file);
    let number = 0;
    for await (const text of linesOf(file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes)) {
      number += 1;
      yield itemIn(text, `${file}:${number}`);
    }
  }
}

/** Ended by LF alone: `readline` ends a line at U+2028 and U+2029 as well, which JSON text may hold as they are. */
async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of bytes.setEncoding('utf8')) {
    const lines = (begun + chunk).split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
  if (begun !== '') yield begun;
}

function itemIn(text: string, place: string): WireItem {
  try {
    return line.parse(JSON.parse(text)).Item;
  } catch (cause) {
    throw new Error(`A line of an export must be {"Item":{…}}: ${place} is none.`, { cause });
  }
}

/** @throws Error when there are none */
async function dataFilesIn(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true });
  const files = entries.filter((entry) => /\.json(\.gz)?$/.test(entry) && !/manifest-[^/]*$/.test(entry)).sort();
  if (files.length === 0) throw new Error(`An export has files .json.gz; in ${path} there are none.`);
  return files.map((file) => join(path, file));
}

/** How many items the export's own summary tells of; nothing where it came without one. */
export async function itemsToldOf(path: string): Promise<number | undefined> {
  if ((await stat(path)).isFile()) return undefined;
  const found = (await readdir(path, { recursive: true })).find((entry) => entry.endsWith(summaryFile));
  return found === undefined
    ? undefined
    : summary.parse(JSON.parse(await readFile(join(path, found), 'utf8'))).itemCount;
}
