// A read table as a sweep writes it.
import { EventspineError } from '../errors.ts';
import type { Row } from '../projections/projection.ts';

/** How far a row is, and which index keys it stands under. */
export interface RowMark {
  readonly version: number;
  readonly generation: number;
  readonly indexKeys: Readonly<Record<string, string>>;
}

/** The table takes no such row: it is too large, or a key of it is. */
export class RefusedRowError extends EventspineError {
  readonly code = 'refused_row';
}

export interface SweptTable<Part> {
  /** The marks of those rows that stand, by their streams; may be behind the writes. */
  marks(streams: readonly string[]): Promise<ReadonlyMap<string, RowMark>>;
  /**
   * Writes the row unless the one that stands is further: then `superseded`. Unlike a projector's `put` it writes over a row that
   * is as far and of the same generation, which is the same fold under other index keys.
   * @throws RefusedRowError
   */
  rewrite(row: Row<Part>, indexKeys: Readonly<Record<string, string>>): Promise<'written' | 'superseded'>;
}

/** Whether the row that stands is as far as this one, of its generation, and under its index keys. */
export function isAsFar(
  mark: RowMark | undefined,
  row: Pick<Row<unknown>, 'version' | 'generation'>,
  indexKeys: Readonly<Record<string, string>>,
): boolean {
  if (mark?.generation !== row.generation || mark.version < row.version) return false;
  if (mark.version > row.version) return true;
  const names = new Set([...Object.keys(mark.indexKeys), ...Object.keys(indexKeys)]);
  return [...names].every((name) => mark.indexKeys[name] === indexKeys[name]);
}
