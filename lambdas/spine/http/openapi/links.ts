// What a client may do next with the thing that an operation made: OpenAPI's links, from an answer to the operations that take its id.
import * as z from 'zod';
import type { NamedOperation } from '../api.ts';

const keysOf = (schema: z.ZodType | undefined): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** @returns none for an operation that makes nothing */
export function linksOf({ success, path }: NamedOperation, operations: readonly NamedOperation[]) {
  if (success.status !== 201) return {};
  const [id] = keysOf(success.schema).filter((key) => !keysOf(path).includes(key));
  const takers = operations.filter((taker) => id !== undefined && keysOf(taker.path).includes(id));
  const parameters = { [String(id)]: `$response.body#/${id}` };
  return Object.fromEntries(takers.map((taker) => [taker.id, { operationId: taker.id, parameters }]));
}
