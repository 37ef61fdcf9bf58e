// Writers are strict, readers open: a property that a newer minor version added is passed over, at any depth.
import type * as z from 'zod';

/** The schema with every strict object in it made one that strips what it doesn't know; its checks and refinements stay. */
export function openSchema(schema: z.ZodType): z.ZodType {
  const { checks: _, ...parts } = schema.def as unknown as Readonly<Record<string, unknown>>;
  const opened = Object.entries(parts).flatMap(([name, part]) => {
    const open = isNever(part) ? undefined : openPart(part);
    return open === part ? [] : [[name, open] as const];
  });
  return opened.length === 0 ? schema : schema.clone({ ...schema.def, ...Object.fromEntries(opened) } as never);
}

/** What the schema is made of: another schema, several in a list or by name, or anything else. */
function openPart(part: unknown): unknown {
  if (isSchema(part)) return openSchema(part);
  if (Array.isArray(part)) return part.some(isSchema) ? part.map(openPart) : part;
  if (typeof part !== 'object' || part === null || !Object.values(part).some(isSchema)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, openPart(each)]));
}

const isSchema = (part: unknown): part is z.ZodType =>
  typeof part === 'object' && part !== null && '_zod' in part && 'clone' in part;

/** What makes an object strict is that all its other properties must be `never`. */
const isNever = (part: unknown): boolean => isSchema(part) && part.def.type === 'never';
