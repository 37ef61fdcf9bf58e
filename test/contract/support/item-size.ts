// What an item weighs by AWS's rules, which emulators round in their own ways
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export const itemBytes = (item: Record<string, AttributeValue>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

/** Of an item that is written. */
export const writeUnits = (item: Record<string, AttributeValue>): number => Math.ceil(itemBytes(item) / 1024);

/** Of one request that gives these items: at least one unit, half of it where it may be behind the writes. */
export const readUnits = (items: readonly Record<string, AttributeValue>[], isConsistent: boolean): number =>
  Math.max(1, Math.ceil(items.reduce((sum, item) => sum + itemBytes(item), 0) / 4096)) / (isConsistent ? 1 : 2);

function valueBytes({ S, N, B }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return B.length;
  throw new TypeError('The event table holds text, numbers and bytes');
}
