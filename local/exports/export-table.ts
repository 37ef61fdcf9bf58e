// Writes the event table to files as DynamoDB exports it: what `ImportTable` takes, and a host that is started with `--import`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonResponse } from '../../lambdas/spine/http/response.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import type { WireItem } from '../services/dynamodb/wire.ts';
import { dynamoDbAt, scanItems } from './calls.ts';
import { writeItems } from './data-files.ts';

/**
 * @param streamArns of the change streams that carry commits: their tables are exported
 * @param folder gets a folder for each export
 */
export const exportEndpoint = (
  endpoint: string,
  streamArns: readonly string[],
  folder: string,
  now = () => new Date(),
): LocalEndpoints => {
  const tables = new Set(streamArns.flatMap((arn) => /:table\/([^/]+)\/stream\//.exec(arn)?.[1] ?? []));
  const scan = async function* () {
    for (const table of tables) yield* scanItems(dynamoDbAt(endpoint), table);
  };
  return {
    'POST /local/export': async () =>
      jsonResponse(200, await exportItems(scan(), folder, now()), { 'cache-control': 'no-store' }),
  };
};

/**
 * Each stream is there up to some commit. Streams that are written meanwhile may end at different instants; at rest, it is one instant.
 */
async function exportItems(
  items: AsyncIterable<WireItem>,
  folder: string,
  time: Date,
): Promise<{ folder: string; items: number }> {
  const exportId = `${String(time.getTime()).padStart(14, '0')}-local`;
  const target = join(folder, 'AWSDynamoDB', exportId);
  await mkdir(join(target, 'data'), { recursive: true });
  const itemCount = await writeItems(join(target, 'data', 'events.json.gz'), items);
  const summary = { version: '2020-06-30', exportTime: time.toISOString(), itemCount, outputFormat: 'DYNAMODB_JSON' };
  await writeFile(join(target, 'manifest-summary.json'), `${JSON.stringify(summary)}\n`);
  return { folder: target, items: itemCount };
}
