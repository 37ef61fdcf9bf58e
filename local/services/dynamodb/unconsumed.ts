// After a kill, looks up what the journal holds and makes the records that may not have been consumed.
import type { Intent } from './intent-journal.ts';
import { keyOf, type TableKey } from './key-schema.ts';
import { type Answer, ownRequest, type WireItem } from './wire.ts';
import type { Change } from './write-recorder.ts';

/** BatchGetItem's own limit. */
const keysPerRequest = 100;

type KeysByTable = Record<string, { readonly Keys: readonly WireItem[]; readonly ConsistentRead: true }>;

/**
 * The changes of those intents whose item is in its table, in the order of the intents. Whether an item was new when it was put is
 * no longer known; the records say INSERT.
 */
export async function* unconsumedChanges(
  dynalite: Answer,
  intents: readonly Intent[],
  streamedTables: ReadonlyMap<string, TableKey>,
): AsyncGenerator<Change> {
  for (const [table, tableKey] of streamedTables) {
    const keys = new Map<string, WireItem>();
    for (const intent of intents) if (intent.table === table) keys.set(JSON.stringify(intent.key), intent.key);
    const wanted = [...keys.values()];
    for (let start = 0; start < wanted.length; start += keysPerRequest) {
      const chunk = wanted.slice(start, start + keysPerRequest);
      const items = await itemsByKey(dynalite, table, tableKey, chunk);
      for (const key of chunk) {
        const item = items.get(JSON.stringify(key));
        if (item !== undefined) yield { table, key, item, eventName: 'INSERT' };
      }
    }
  }
}

async function itemsByKey(
  dynalite: Answer,
  table: string,
  tableKey: TableKey,
  keys: readonly WireItem[],
): Promise<ReadonlyMap<string, WireItem>> {
  const found = new Map<string, WireItem>();
  let unread: KeysByTable = { [table]: { Keys: keys, ConsistentRead: true } };
  while (Object.keys(unread).length > 0) {
    const response = await dynalite(ownRequest('BatchGetItem', { RequestItems: unread }));
    if (response.status !== 200)
      throw new Error(`items of ${table} could not be looked up after a kill: ${response.body}`);
    const { Responses, UnprocessedKeys } = JSON.parse(response.body) as {
      Responses: Record<string, WireItem[]>;
      UnprocessedKeys: KeysByTable;
    };
    for (const item of Responses[table] ?? []) found.set(JSON.stringify(keyOf(item, tableKey)), item);
    unread = UnprocessedKeys;
  }
  return found;
}
