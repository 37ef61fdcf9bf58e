// The read table port in memory, with the same condition on writes.
import type { Row } from '../../../lambdas/kernel/projection.ts';
import type { ReadTable } from '../../../lambdas/kernel/read-table.ts';

export interface InMemoryReadTable<View> extends ReadTable<View> {
  readonly rows: ReadonlyMap<string, Row<View>>;
  /** Writes that took effect. */
  writes(): number;
}

export function inMemoryReadTable<View>(): InMemoryReadTable<View> {
  const rows = new Map<string, Row<View>>();
  let writes = 0;
  return {
    rows,
    writes: () => writes,
    get: async (stream) => structuredClone(rows.get(stream)),
    async put(row) {
      const standing = rows.get(row.stream);
      const isNewer =
        !standing ||
        (standing.generation === row.generation && standing.version < row.version) ||
        (standing.generation < row.generation && standing.version <= row.version);
      if (!isNewer) return 'superseded';
      rows.set(row.stream, structuredClone(row));
      writes += 1;
      return 'written';
    },
  };
}
