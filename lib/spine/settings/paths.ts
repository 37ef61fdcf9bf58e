// Reads and sets what is deep inside plain objects, by paths such as `edge.domain.name`.

type PlainObject = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((found: unknown, key) => (isPlain(found) ? found[String(key)] : undefined), value);

export function nested(path: string, value: unknown): PlainObject {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as PlainObject;
}

/** `base` with what `change` names replaced, objects inside one another merged. */
export function merged(base: object, change: object): PlainObject {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const before = result[key];
    result[key] = isPlain(before) && isPlain(value) ? merged(before, value) : value;
  }
  return result;
}
