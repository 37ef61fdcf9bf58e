// Fills the empty event table from an export, before its change stream flows: as on AWS, where the stream of an imported table tells of none
// of its items. So nothing follows from what is imported: no message, no process, no row.
import { StartError } from '../lifecycle/start-error.ts';
import type { Fill } from '../services/dynamodb/start.ts';
import type { Answer, WireItem } from '../services/dynamodb/wire.ts';
import { answerOf, dynamoDbAt } from './calls.ts';
import { itemsToldOf, readItems } from './data-files.ts';

/** BatchWriteItem's own limit. */
const itemsPerRequest = 25;

/** What fills the event table of a host that was started with `--import`; nothing for another. */
export const importOf = (path: string | undefined, log: (line: string) => void): Fill | undefined =>
  path === undefined
    ? undefined
    : async (endpoint, [table = '']) => {
        const items = await importEvents(dynamoDbAt(endpoint), table, path);
        log(`Imported ${items} commits from ${path}; read models are empty until they are rebuilt`);
      };

/**
 * @param path an export's folder, or one file of its data
 * @returns how many items there were
 * @throws StartError for a table that holds something, and for an export that cannot be read or is not whole
 */
export async function importEvents(dynamodb: Answer, table: string, path: string): Promise<number> {
  const { Count } = await answerOf<{ Count: number }>(dynamodb, 'Scan', { TableName: table, Limit: 1 });
  if (Count > 0) throw new StartError('Events are imported into an empty host only: start with --fresh as well.');
  try {
    const [told, imported] = [await itemsToldOf(path), await put(dynamodb, table, readItems(path))];
    if (told === undefined || told === imported) return imported;
    throw new Error(`its summary tells of ${told} items, and it holds ${imported}`);
  } catch (cause) {
    throw new StartError(`${path} cannot be imported, start with --fresh again: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function put(dynamodb: Answer, table: string, items: AsyncIterable<WireItem>): Promise<number> {
  let count = 0;
  let batch: WireItem[] = [];
  const flush = async (): Promise<void> => {
    let unwritten = batch.map((Item) => ({ PutRequest: { Item } }));
    while (unwritten.length > 0) {
      const { UnprocessedItems = {} } = await answerOf<{ UnprocessedItems?: Record<string, typeof unwritten> }>(
        dynamodb,
        'BatchWriteItem',
        { RequestItems: { [table]: unwritten } },
      );
      unwritten = UnprocessedItems[table] ?? [];
    }
    batch = [];
  };
  for await (const item of items) {
    batch.push(item);
    count += 1;
    if (batch.length === itemsPerRequest) await flush();
  }
  await flush();
  return count;
}
