// The read tables. Whatever code writes a row, its version never moves back.
import type { Projection } from '../../../kernel/projections/projection.ts';
import type { PagedReadTable } from '../../../kernel/projections/read-table.ts';
import { type InMemoryReadTable, inMemoryReadTable } from '../../memory/read-table.ts';
import type { Instance } from '../functions/instance.ts';
import type { World } from '../world/world.ts';

export interface ReadModels {
  tableOf(projection: string): InMemoryReadTable<unknown>;
  portOf<Part>(instance: Instance, projection: string): PagedReadTable<Part>;
}

export function readModels(
  world: World,
  projections: readonly Projection<unknown>[],
  tableFor: (projection: Projection<unknown>) => InMemoryReadTable<unknown> = ({ viewKey }) =>
    inMemoryReadTable(viewKey),
): ReadModels {
  const tables = new Map(projections.map((projection) => [projection.name, tableFor(projection)]));
  const tableOf = (projection: string): InMemoryReadTable<unknown> => {
    const table = tables.get(projection);
    if (table) return table;
    throw new RangeError(`There is no read table of ${projection}`);
  };
  return {
    tableOf,
    portOf<Part>({ call }: Instance, name: string) {
      const table = tableOf(name) as InMemoryReadTable<Part>;
      const service = `the read table ${name}`;
      const port: PagedReadTable<Part> = {
        get: (stream) => call(`get ${name} of ${stream}`, { service }, () => table.get(stream)),
        put: (row, keys) =>
          call(`put ${name} of ${row.stream}@${row.version}`, { service }, async () => {
            const before = table.rows.get(row.stream)?.version ?? 0;
            const result = await table.put(row, keys);
            const after = table.rows.get(row.stream)?.version ?? 0;
            if (after < before)
              world.violate(`The row of ${row.stream} in ${name} went back from ${before} to ${after}`);
            return result;
          }),
        ofView: (key) => call(`get all of ${key} in ${name}`, { service }, () => table.ofView(key)),
        scan: (request) => call(`scan ${name}`, { service }, () => table.scan(request)),
        query: (index, partition, request) =>
          call(`query ${index.name} of ${name}`, { service }, () => table.query(index, partition, request)),
      };
      return port;
    },
  };
}
