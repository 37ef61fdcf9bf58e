// The read table port.
import type { Row } from './projection.ts';

export interface ReadTable<Part> {
  /** Strongly consistent. */
  get(stream: string): Promise<Row<Part> | undefined>;
  /**
   * Writes the row, unless the one that stands is further, or as far and of the same generation: then `superseded`. So a row's
   * version never moves backwards, and whatever the answer, the row that stands then is at least as far as this one.
   */
  put(row: Row<Part>, indexKeys: Readonly<Record<string, string>>): Promise<'written' | 'superseded'>;
}
