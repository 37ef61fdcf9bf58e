// Opaque cursors: where a page ended, with a digest over it and over the list it belongs to, so that an altered one, or one
// of another list, is found out. It needs no secret: the list itself is authorised at every request.
import type { Position } from '../../adapters/dynamodb/read-table.ts';
import { digest } from '../../kernel/idempotency.ts';
import { validationFailed } from '../../runtime/http/problem.ts';

/** @param list what the cursor is for, such as the path and the filter */
export function encodeCursor(list: string, position: Position): string {
  const body = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${body}.${digest(list + body)}`;
}

/** @throws Problem 400 when it is not a cursor of that list */
export function decodeCursor(list: string, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const [body = '', mark] = cursor.split('.', 2);
  if (cursor === `${body}.${mark}` && mark === digest(list + body)) {
    return JSON.parse(Buffer.from(body, 'base64url').toString());
  }
  throw validationFailed([{ pointer: '/query/cursor', detail: 'must be the nextCursor of a page of the same list' }]);
}
