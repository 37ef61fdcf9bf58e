// The read table port.
import type { Row } from './projection.ts';

export interface ReadTable<View> {
  /** Strongly consistent. */
  get(stream: string): Promise<Row<View> | undefined>;
  /** Writes the row unless the one that stands is of a newer generation or at least as far: then `superseded`. */
  put(row: Row<View>, indexKeys: Readonly<Record<string, string>>): Promise<'written' | 'superseded'>;
}
