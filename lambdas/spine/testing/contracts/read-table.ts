// The contract of the read table port.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ReadIndex, Row } from '../../kernel/projections/projection.ts';
import type { PagedReadTable, Position, RowPage } from '../../kernel/projections/read-table.ts';

export interface ReadTableFactory {
  /** Gives a new, empty table with that index and those keys each time. */
  start(index: ReadIndex, viewKey: (stream: string) => string): Promise<<View>() => Promise<PagedReadTable<View>>>;
  stop(): Promise<void>;
  /** The position behind all rows of a view. */
  endOfView(key: string): Position;
}

type View = Readonly<Record<string, unknown>>;

const byOwner = { name: 'by-owner', partitionKey: 'owner', sortKey: 'place' } as const;
const stream = 'thing-1';

/** `note-1` and `note-1.7` are parts of `thing-1`. */
const viewKey = (name: string): string => name.replace(/^(note|zettel)-/, 'thing-').replace(/\..*$/, '');

const row = (version: number, generation: number, by = 'first'): Row<View> => ({
  stream,
  version,
  generation,
  part: { by },
});

/** Call it in a `describe`. */
export function readTableContract({ start, stop, endOfView }: ReadTableFactory): void {
  let newTable: () => Promise<PagedReadTable<View>>;
  let table: PagedReadTable<View>;
  beforeAll(async () => {
    newTable = await start(byOwner, viewKey);
  });
  beforeEach(async () => {
    table = await newTable();
  });
  afterAll(() => stop());

  const put = (each: Row<View>, owner = 'me') => table.put(each, { owner, place: each.stream });

  it('has no row of a stream that was never projected', async () => {
    expect(await table.get(stream)).toBeUndefined();
  });

  it('gives back a row as it was written', async () => {
    const part = {
      text: 'Ünïcode 😀 \uffff',
      empty: '',
      zero: 0,
      no: false,
      none: null,
      list: [],
      of: [{ a: { b: 1 } }],
    };
    const written = { ...row(3, 2), part };
    expect(await put(written)).toBe('written');
    expect(await table.get(stream)).toStrictEqual(written);
  });

  it.each([
    { version: 6, generation: 2, outcome: 'written', because: 'it is further' },
    { version: 6, generation: 1, outcome: 'written', because: 'it is further, made by code that was rolled back' },
    { version: 6, generation: 3, outcome: 'written', because: 'it is further, made by newer code' },
    { version: 5, generation: 2, outcome: 'superseded', because: 'it stands already' },
    { version: 5, generation: 1, outcome: 'written', because: 'code that was rolled back folded it anew' },
    { version: 5, generation: 3, outcome: 'written', because: 'newer code folded it anew' },
    { version: 4, generation: 2, outcome: 'superseded', because: 'it would move back' },
    { version: 4, generation: 1, outcome: 'superseded', because: 'it would move back' },
    { version: 4, generation: 3, outcome: 'superseded', because: 'it would move back, though it is of newer code' },
  ])(
    'over version 5 of generation 2, version $version of generation $generation is $outcome: $because',
    async (each) => {
      await put(row(5, 2));
      const next = row(each.version, each.generation, 'second');
      expect(await put(next)).toBe(each.outcome);
      expect(await table.get(stream)).toEqual(each.outcome === 'written' ? next : row(5, 2));
    },
  );

  it('ends at the newest version, whatever the order and the generations of 30 writers at once', async () => {
    const versions = Array.from({ length: 30 }, (_, index) => ((index * 7) % 30) + 1);
    await Promise.all(versions.map((version) => put(row(version, version % 3))));
    expect(await table.get(stream)).toEqual(row(30, 0));
  });

  const allPages = async (page: (after: Position | undefined) => Promise<RowPage<View>>): Promise<Row<View>[][]> => {
    const pages: Row<View>[][] = [];
    let after: Position | undefined;
    do {
      const { rows, end } = await page(after);
      if (rows.length > 0) pages.push([...rows]);
      after = end;
    } while (after);
    return pages;
  };
  const named = (name: string, version = 1): Row<View> => ({ ...row(version, 1), stream: `thing-${name}` });
  const names = (rows: readonly Row<View>[]) => rows.map((each) => each.stream);

  it('scans every row once, in pages of the limit and in an order that stays', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => named(name));
    for (const each of rows) await put(each);
    const pages = await allPages((after) => table.scan({ limit: 2, after }));
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(names(pages.flat()).sort()).toEqual(names(rows));
    expect(names((await table.scan({ limit: 5 })).rows)).toEqual(names(pages.flat()));
  });

  it('gives all rows of a view in the order of their streams, and no other', async () => {
    for (const name of ['thing-1', 'note-1.10', 'note-1', 'note-1.2', 'thing-10', 'note-10']) {
      await put({ ...row(1, 1), stream: name });
    }
    expect(names(await table.ofView('thing-1'))).toEqual(['note-1', 'note-1.10', 'note-1.2', 'thing-1']);
    expect(await table.get('note-1.2')).toEqual({ ...row(1, 1), stream: 'note-1.2' });
    expect(await table.ofView('thing-2')).toEqual([]);
  });

  it('gives all rows of a view that is larger than a page of DynamoDB’s', async () => {
    const text = 'x'.repeat(300_000);
    const streams = ['note-1.1', 'note-1.2', 'note-1.3', 'note-1.4', 'note-1.5'];
    for (const name of streams) await put({ ...row(1, 1, text), stream: name });
    expect(names(await table.ofView('thing-1'))).toEqual(streams);
  });

  it('scans the rows of a view one after the other, and goes on behind all of them', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `${at}`);
    for (const kind of ['note', 'thing']) for (const id of ids) await put({ ...row(1, 1), stream: `${kind}-${id}` });
    const pages = await allPages((after) => table.scan({ limit: 7, after }));
    const scanned = names(pages.flat());
    expect(scanned.filter((_, at) => at % 2 === 0).map(viewKey)).toEqual(
      scanned.filter((_, at) => at % 2 === 1).map(viewKey),
    );
    const third = viewKey(scanned[4] as string);
    await put({ ...row(1, 1), stream: third.replace('thing-', 'zettel-') });
    const { rows } = await table.scan({ limit: 100, after: endOfView(third) });
    expect(names(rows)).toEqual(scanned.slice(6));
  });

  it('finds the rows of one partition of an index, last sort key first, in pages', async () => {
    for (const name of ['b', 'd', 'a', 'c', 'e']) await put(named(name));
    await put(named('other'), 'somebody else');
    const pages = await allPages((after) => table.query(byOwner, 'me', { limit: 2, after }));
    expect(pages.map(names)).toEqual([['thing-e', 'thing-d'], ['thing-c', 'thing-b'], ['thing-a']]);
    expect(names((await table.query(byOwner, 'nobody', { limit: 2 })).rows)).toEqual([]);
  });

  it('moves a row in its index when its keys change, and leaves it there when a write is superseded', async () => {
    await put(named('a', 2), 'me');
    await put(named('a', 1), 'somebody else');
    expect(names((await table.query(byOwner, 'me', { limit: 2 })).rows)).toEqual(['thing-a']);
    await put(named('a', 3), 'somebody else');
    expect(names((await table.query(byOwner, 'me', { limit: 2 })).rows)).toEqual([]);
    expect(await table.query(byOwner, 'somebody else', { limit: 2 })).toMatchObject({ rows: [{ version: 3 }] });
  });
}
