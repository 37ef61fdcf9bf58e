// JSON Schemas for the document: those with a name stand among its components, and others refer to them.
import * as z from 'zod';
import { publications } from '../published.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas that are narrower on this stage than in the code, which has to fit all stages. */
export type Specialised = ReadonlyMap<z.core.$ZodType, JsonSchema>;

export const ref = (name: string) => ({ $ref: `#/components/${name}` });

export class Schemas {
  readonly components: Record<string, unknown> = {};
  readonly #specialised: Specialised;

  constructor(specialised: Specialised) {
    this.#specialised = specialised;
  }

  /** Of a request's body or of an answer. */
  of(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'input').value ?? {};
  }

  /** Puts the schema among the components. */
  named(name: string, schema: z.ZodType): JsonSchema {
    const own = this.of(schema);
    if ('$ref' in own) return own;
    this.components[name] = own;
    return ref(`schemas/${name}`);
  }

  /** For the parts of a path or a query: the values that they stand for, not their text. */
  parameters(schema: z.ZodType): {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  } {
    const { properties = {} } = this.#convert(schema, 'output').value ?? {};
    const { required = [] } = this.#convert(schema, 'input').value ?? {};
    return { properties, required } as ReturnType<Schemas['parameters']>;
  }

  #convert(schema: z.ZodType, io: 'input' | 'output'): { readonly value?: JsonSchema } {
    // Inside an object even the outermost schema is one that others refer to.
    const { $defs = {}, properties } = z.toJSONSchema(z.object({ value: schema }), {
      io,
      metadata: publications,
      unrepresentable: 'any',
      target: 'draft-2020-12',
      override: ({ zodSchema, jsonSchema }) => void Object.assign(jsonSchema, this.#specialised.get(zodSchema)),
    });
    Object.assign(this.components, atHome($defs));
    return atHome(properties ?? {}) as { value?: JsonSchema };
  }
}

const atHome = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));

const string = { type: 'string' };

/** RFC 9457, with what we add to it, and the application. */
export const problemSchema = (members: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'urn:eventspine:problem: and the code' },
    title: { type: 'string', description: 'The code in words' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What was wrong and what would be right' },
    instance: { type: 'string', description: 'The path of the request' },
    code: { type: 'string', pattern: '^[a-z][a-z0-9_]*$', description: 'Stable: what programs decide by' },
    errors: {
      type: 'array',
      description: 'Of validation_failed: every mistake, by a JSON Pointer (RFC 6901) from the request',
      items: { type: 'object', required: ['pointer', 'detail'], properties: { pointer: string, detail: string } },
    },
    ...members,
  },
});
