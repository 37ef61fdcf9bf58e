// What the OpenAPI document says of a schema beyond what the schema itself says: a name, examples, and keywords of JSON Schema for
// checks that are code.
import * as z from 'zod';

export interface Publication {
  /** Under this name it stands among the document's components, and generated clients have a type of it. */
  readonly id?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

export const publications = z.registry<Publication>();

/** @returns the same schema */
export function published<Schema extends z.ZodType>(schema: Schema, publication: Publication): Schema {
  publications.add(schema, publication);
  return schema;
}
