// The key of a table, and the key of an item in it.
import type { WireItem } from './wire.ts';

export interface TableKey {
  readonly partition: string;
  readonly sort?: string;
}

/** The key attributes of an item; `undefined` where one is missing, as in no valid write. */
export function keyOf(item: WireItem, { partition, sort }: TableKey): WireItem | undefined {
  if (item[partition] === undefined) return undefined;
  if (sort === undefined) return { [partition]: item[partition] };
  return item[sort] === undefined ? undefined : { [partition]: item[partition], [sort]: item[sort] };
}
