// What is told of an error about a stream.

import { EventspineError } from '../errors.ts';
import type { EventName } from '../event-store.ts';
import type { Defect } from './progress.ts';

/** An error's own words may quote the data, personal data too: of others than ours only the name is told. */
export function defectOf({ stream, version }: EventName, error: unknown): Defect {
  const at = { stream, version };
  if (error instanceof EventspineError) return { ...at, code: error.code, message: error.message };
  const name = error instanceof Error ? error.name : 'unknown';
  return { ...at, code: 'defect', message: `It cannot be read: ${name}` };
}
