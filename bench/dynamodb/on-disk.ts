// The local host's DynamoDB, on disk and in a thread of its own, for sizes that DynamoDB Local slows down at: a page of its scan takes the
// longer, the larger the table is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageOfDynalite from 'dynalite/package.json' with { type: 'json' };
import { startDynamoDb } from '../../local/services/dynamodb/start.ts';

export async function withDynalite<Result>(
  use: (server: { readonly endpoint: string; readonly version: string }) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-dynalite-'));
  const server = await startDynamoDb(folder);
  try {
    return await use({ endpoint: server.endpoint, version: packageOfDynalite.version });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}
