// The contract of the parallel scan of the event table.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Commit } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import type { EventScan, ScannedPage, ScanPosition } from '../../kernel/sweep/event-scan.ts';

export interface EventScanFactory {
  start(): Promise<{
    readonly store: EventStore;
    readonly scan: EventScan;
    /** Puts an item in the place of a commit that is none; absent where the store can keep nothing else. */
    damage?(stream: string, version: number): Promise<unknown>;
  }>;
  stop(): Promise<void>;
}

/** Call it in a `describe`. */
export function eventScanContract({ start, stop }: EventScanFactory): void {
  let store: EventStore;
  let scan: EventScan;
  let damage: Awaited<ReturnType<typeof start>>['damage'];
  beforeAll(async () => {
    ({ store, scan, damage } = await start());
    await Promise.all(commits.map((commit) => store.append({ ...commit, riders: { state: new Uint8Array([1]) } })));
  });
  afterAll(() => stop());

  /** 2 MB of things, so that DynamoDB has to cut them into pages; and some others. */
  const text = 'Ünïcode 😀 '.repeat(4_000);
  const commits = ['thing', 'thing', 'thing', 'other'].flatMap((category, kind) =>
    Array.from({ length: 4 }, (_, id) =>
      Array.from({ length: 3 }, (_, at) => commit(`${category}-${kind}.${id}`, 1 + 2 * at, category, text)),
    ).flat(),
  );

  async function scannedPages(segment: number, of: number, categories: readonly string[]) {
    const pages: ScannedPage[] = [];
    let after: ScanPosition | undefined;
    do {
      const page = await scan.page({ segment, of, categories, after });
      pages.push(page);
      after = page.end;
    } while (after);
    return pages;
  }
  const pagesOf = async (...request: Parameters<typeof scannedPages>) =>
    (await scannedPages(...request)).map(({ commits: found }) => found);
  const inOrder = (of: readonly Commit[]) =>
    of.toSorted((left, right) => left.stream.localeCompare(right.stream) || left.version - right.version);

  it.each([1, 2, 5])(
    'gives each commit of the wanted streams once, without what rides in it, in %i segments',
    async (of) => {
      const segments = Array.from({ length: of }, (_, segment) => pagesOf(segment, of, ['thing']));
      const pages = (await Promise.all(segments)).flat();
      expect(inOrder(pages.flat())).toEqual(inOrder(commits.filter(({ stream }) => stream.startsWith('thing-'))));
      expect(pages.length).toBeGreaterThan(1);
    },
  );

  it('gives the commits of a stream in order', async () => {
    const all = (await pagesOf(0, 1, ['thing', 'other'])).flat();
    expect(all).toHaveLength(commits.length);
    for (const ofStream of Map.groupBy(all, ({ stream }) => stream).values()) {
      expect(ofStream.map(({ version }) => version)).toEqual([1, 3, 5]);
    }
  });

  it('names an item that is no commit, and gives what lies around it', async ({ skip }) => {
    if (!damage) return skip();
    const around = [commit('torn-1', 1, 'torn', 'x'), commit('torn-1', 7, 'torn', 'x')];
    for (const each of around) await store.append(each);
    await damage('torn-1', 5);
    const pages = await scannedPages(0, 1, ['torn']);
    expect(pages.flatMap(({ commits: found }) => found)).toEqual(around.map((each) => expect.objectContaining(each)));
    expect(pages.flatMap(({ unreadable }) => unreadable)).toMatchObject([
      { stream: 'torn-1', version: 5, error: { code: 'malformed_item' } },
    ]);
  });

  it('has a commit that was appended before the page was asked for', async () => {
    await store.append(commit('late-1', 1, 'late', 'x'));
    expect((await pagesOf(0, 1, ['late'])).flat()).toHaveLength(1);
  });
}

const commit = (stream: string, version: number, type: string, text: string): Commit => ({
  ...{ stream, version, id: `${stream}@${version}`, time: '2026-01-01T00:00:00.000Z', actor: 'me' },
  ...{ correlationId: 'correlation', causationId: 'cause' },
  events: [1, 2].map(() => ({ type, schemaVersion: '1.0.0', data: { text } })),
});
