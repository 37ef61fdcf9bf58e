// After a kill, looks up what the journal holds and makes the records that may not have been consumed.
import type { Intent } from './intent-journal.ts';
import { itemsByKey } from './items-by-key.ts';
import type { TableKey } from './key-schema.ts';
import type { Answer, WireItem } from './wire.ts';
import type { Change } from './write-recorder.ts';

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
    const items = await itemsByKey(dynalite, { table, key: tableKey }, [...keys.values()]);
    for (const [text, key] of keys) {
      const item = items.get(text);
      if (item !== undefined) yield { table, key, item, eventName: 'INSERT' };
    }
  }
}
