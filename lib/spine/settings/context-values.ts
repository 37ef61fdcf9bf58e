// Reads single values from the context of a CDK command line.
import type { Node } from 'constructs';

/** What `read` makes of the key's value; nothing when the command line doesn't name the key. */
export function override<Part extends object>(
  node: Node,
  key: string,
  read: (value: string, key: string) => Part,
): Partial<Part> {
  const value: unknown = node.tryGetContext(key);
  return value === undefined ? {} : read(String(value), key);
}

/** @throws Error if the value is no whole number; the message names the key and the unit. */
export function count(value: string, key: string, unit: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new Error(`${key} must be a whole number of ${unit}, got "${value}".`);
}
