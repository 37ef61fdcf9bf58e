// The contract of a read table as a sweep writes it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReadIndex, Row } from '../../kernel/projections/projection.ts';
import type { PagedReadTable } from '../../kernel/projections/read-table.ts';
import type { SweptTable } from '../../kernel/sweep/swept-table.ts';

export interface SweptTableFactory {
  /** A table with that index, in which each stream is a view of its own. */
  start(index: ReadIndex): Promise<SweptTable<unknown> & PagedReadTable<unknown>>;
  stop(): Promise<void>;
}

const byOwner = { name: 'by-owner', partitionKey: 'owner', sortKey: 'place' } as const;

/** Call it in a `describe`. */
export function sweptTableContract({ start, stop }: SweptTableFactory): void {
  let table: SweptTable<unknown> & PagedReadTable<unknown>;
  beforeAll(async () => {
    table = await start(byOwner);
  });
  afterAll(() => stop());

  let streams = 0;
  const newRow = (version: number, generation: number): Row<unknown> => ({
    ...{ stream: `thing-${streams++}`, version, generation, part: { by: generation } },
  });
  const keys = { owner: 'me', place: '1' };

  it('has the marks of the rows that stand, with the index keys that they have', async () => {
    const [one, other, absent] = [newRow(3, 1), newRow(4, 2), newRow(1, 1)];
    await table.put(one, keys);
    await table.put(other, {});
    const marks = await table.marks([one, other, absent].map(({ stream }) => stream));
    expect(marks).toEqual(
      new Map([
        [one.stream, { version: 3, generation: 1, indexKeys: keys }],
        [other.stream, { version: 4, generation: 2, indexKeys: {} }],
      ]),
    );
    expect(await table.marks([])).toEqual(new Map());
  });

  it('has the marks of more rows than a call may ask for', async () => {
    const rows = Array.from({ length: 230 }, () => newRow(1, 1));
    await Promise.all(rows.map((row) => table.put(row, {})));
    expect((await table.marks(rows.map(({ stream }) => stream))).size).toBe(230);
  });

  it.each([
    { version: 6, generation: 1, outcome: 'written', because: 'it is further' },
    { version: 5, generation: 2, outcome: 'written', because: 'the same fold may stand under other index keys' },
    { version: 5, generation: 3, outcome: 'written', because: 'it is another fold' },
    { version: 4, generation: 3, outcome: 'superseded', because: 'it would move back' },
  ] as const)(
    'over version 5 of generation 2, version $version of generation $generation is $outcome: $because',
    async (each) => {
      const standing = newRow(5, 2);
      await table.put(standing, {});
      const next = { ...standing, version: each.version, generation: each.generation, part: { by: 'the sweep' } };
      expect(await table.rewrite(next, keys)).toBe(each.outcome);
      expect(await table.get(standing.stream)).toEqual(each.outcome === 'written' ? next : standing);
      const { rows } = await table.query(byOwner, 'me', { limit: 100 });
      expect(rows.some(({ stream }) => stream === standing.stream)).toBe(each.outcome === 'written');
    },
  );

  it('writes the first row of a stream', async () => {
    const row = newRow(2, 1);
    expect(await table.rewrite(row, {})).toBe('written');
    expect(await table.get(row.stream)).toEqual(row);
  });
}
