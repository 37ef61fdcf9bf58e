// Looks items up by their keys, as many as there are.
import { keyOf, type TableKey } from './key-schema.ts';
import { type Answer, ownRequest, type WireItem } from './wire.ts';

/** BatchGetItem's own limit. */
const keysPerRequest = 100;

type KeysByTable = Record<string, { readonly Keys: readonly WireItem[]; readonly ConsistentRead: true }>;

/** @returns the items that are there, by their keys as JSON */
export async function itemsByKey(
  dynalite: Answer,
  { table, key: tableKey }: { readonly table: string; readonly key: TableKey },
  keys: readonly WireItem[],
): Promise<ReadonlyMap<string, WireItem>> {
  const found = new Map<string, WireItem>();
  const wanted = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
  for (let start = 0; start < wanted.length; start += keysPerRequest) {
    let unread: KeysByTable = { [table]: { Keys: wanted.slice(start, start + keysPerRequest), ConsistentRead: true } };
    while (Object.keys(unread).length > 0) {
      const response = await dynalite(ownRequest('BatchGetItem', { RequestItems: unread }));
      if (response.status !== 200) throw new Error(`items of ${table} could not be looked up: ${response.body}`);
      const { Responses, UnprocessedKeys } = JSON.parse(response.body) as {
        Responses: Record<string, WireItem[]>;
        UnprocessedKeys: KeysByTable;
      };
      for (const item of Responses[table] ?? []) found.set(JSON.stringify(keyOf(item, tableKey)), item);
      unread = UnprocessedKeys;
    }
  }
  return found;
}
