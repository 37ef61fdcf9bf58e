// Units that a request consumes on AWS, indexes included. The emulator's own count leaves out indexes and reads that find nothing.
import { readUnits, writeUnits } from '../../../bench/dynamodb/capacity.ts';
import { type Item, itemBytes } from '../../../bench/dynamodb/item-size.ts';

export interface TableShape {
  readonly keys: readonly string[];
  readonly indexes: readonly { readonly keys: readonly string[]; readonly isKeysOnly: boolean }[];
}

export class Units {
  readonly #tables: ReadonlyMap<string, TableShape>;
  readonly #items = new Map<string, Item>();

  constructor(tables: ReadonlyMap<string, TableShape>) {
    this.#tables = tables;
  }

  /** Of what stands in all tables. */
  bytes(table: string): number {
    return [...this.#items].reduce((sum, [key, item]) => sum + (key.startsWith(`${table} `) ? itemBytes(item) : 0), 0);
  }

  /** @param isDone whether the item stands now: a condition that failed costs a write all the same */
  ofPut(table: string, item: Item, isDone: boolean): number {
    const { keys, indexes } = this.#tables.get(table) ?? { keys: [], indexes: [] };
    const place = `${table} ${JSON.stringify(keys.map((key) => item[key]))}`;
    const before = this.#items.get(place);
    const own = writeUnits(Math.max(itemBytes(item), before ? itemBytes(before) : 0));
    if (!isDone) return own;
    this.#items.set(place, item);
    return own + indexes.reduce((sum, index) => sum + indexWrites(index, before, item), 0);
  }

  ofRead(items: readonly Item[], isConsistent: boolean): number {
    return readUnits(
      items.reduce((sum, item) => sum + itemBytes(item), 0),
      isConsistent,
    );
  }
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes */
function indexWrites(
  { keys, isKeysOnly }: TableShape['indexes'][number],
  before: Item | undefined,
  after: Item,
): number {
  const entry = (item: Item | undefined) =>
    item && keys.every((key) => item[key]) ? JSON.stringify(keys.map((key) => item[key])) : undefined;
  const [was, is] = [entry(before), entry(after)];
  const size = (item: Item | undefined) => (isKeysOnly || !item ? 1 : writeUnits(itemBytes(item)));
  if (was === undefined) return is === undefined ? 0 : size(after);
  if (is === undefined) return size(before);
  if (was !== is) return size(before) + size(after);
  return isKeysOnly ? 0 : Math.max(size(before), size(after));
}
