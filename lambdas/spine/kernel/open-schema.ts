// Writers are strict, readers open: a property that a newer minor version added is ignored, at any depth.
import type * as z from 'zod';

type Opened = Map<z.ZodType, z.ZodType>;

/**
 * The schema with every strict object in it made one that strips what it doesn't know; its checks and refinements stay. A union
 * without a discriminator takes the first option that fits, and an open option fits values with properties that it does not
 * know. So parse with the schema itself first, and give unions a discriminator.
 * @param opened schemas that are open already, so that a schema may contain itself
 */
export function openSchema(schema: z.ZodType, opened: Opened = new Map()): z.ZodType {
  const known = opened.get(schema);
  if (known) return known;
  const open = schema.clone(openDefinition(schema, opened) as never);
  opened.set(schema, open);
  return open;
}

/** What a schema holds by a getter is opened when it is asked for: it may be the schema itself. */
function openDefinition({ def }: z.ZodType, opened: Opened): object {
  const { checks, ...parts } = def as unknown as Readonly<Record<string, unknown>>;
  const kept = checks === undefined ? {} : { checks };
  if (def.type === 'lazy') {
    const { getter } = parts as { readonly getter: () => z.ZodType };
    return { ...parts, ...kept, getter: () => openSchema(getter(), opened) };
  }
  if (def.type === 'object') {
    const { shape, catchall, ...others } = parts;
    const rest = isNever(catchall) || catchall === undefined ? {} : { catchall: openPart(catchall, opened) };
    return {
      ...{ ...others, ...kept, ...rest },
      get shape() {
        return openPart(shape, opened);
      },
    };
  }
  const openParts = Object.entries(parts).map(([name, part]) => [name, openPart(part, opened)] as const);
  return { ...Object.fromEntries(openParts), ...kept };
}

/** What the schema is made of: another schema, several in a list or by name, or anything else. */
function openPart(part: unknown, opened: Opened): unknown {
  if (isSchema(part)) return openSchema(part, opened);
  if (Array.isArray(part)) return part.some(isSchema) ? part.map((each) => openPart(each, opened)) : part;
  if (typeof part !== 'object' || part === null || !Object.values(part).some(isSchema)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, openPart(each, opened)]));
}

const isSchema = (part: unknown): part is z.ZodType =>
  typeof part === 'object' && part !== null && '_zod' in part && 'clone' in part;

/** What makes an object strict is that all its other properties must be `never`. */
const isNever = (part: unknown): boolean => isSchema(part) && part.def.type === 'never';
