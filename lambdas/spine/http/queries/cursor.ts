// Opaque cursors: where a page ended, with a digest over it and over the list it belongs to, so that an altered cursor, or one
// of another list, is detected. It needs no secret: the list itself is authorised at every request.
import * as z from 'zod';
import { digest } from '../../kernel/keys/idempotency.ts';
import type { ReadIndex } from '../../kernel/projections/projection.ts';
import type { Position } from '../../kernel/projections/read-table.ts';
import { validationFailed } from '../problem.ts';

/** @param list what the cursor is for, such as the path and the filter */
export function encodeCursor(list: string, position: Position): string {
  const body = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${body}.${digest(list + body)}`;
}

/**
 * @param keys the key attributes of a position in the list, all of them text; with a value where only that value is possible
 * @throws Problem 400 when it is not a cursor of that list
 */
export function decodeCursor(
  list: string,
  cursor: string | undefined,
  keys: Readonly<Record<string, string | undefined>>,
): Position | undefined {
  if (cursor === undefined) return undefined;
  const [body = '', mark] = cursor.split('.', 2);
  const isOfList = cursor === `${body}.${mark}` && mark === digest(list + body);
  const position = isOfList ? positionIn(body, keys) : undefined;
  if (position) return position;
  throw validationFailed([{ pointer: '/query/cursor', detail: 'must be the nextCursor of a page of the same list' }]);
}

/** Whether the cursor is a position in that index; what is no cursor is a position in none. */
export function namesKeysOf(cursor: string, { partitionKey, sortKey }: ReadIndex): boolean {
  try {
    const position = JSON.parse(Buffer.from(cursor.split('.', 1)[0] ?? '', 'base64url').toString());
    return partitionKey in position && sortKey in position;
  } catch {
    return false;
  }
}

/** Whoever makes up a digest as well makes up the position: DynamoDB refuses a key that is none of the index's. */
function positionIn(body: string, keys: Readonly<Record<string, string | undefined>>): Position | undefined {
  const shape: Record<string, z.ZodType<string>> = {};
  for (const [name, only] of Object.entries(keys)) shape[name] = only === undefined ? text : z.literal(only);
  try {
    return z.strictObject(shape).parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

const text = z.string().min(1);
