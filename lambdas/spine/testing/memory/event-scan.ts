// The parallel scan in memory: pages of so many commits, which cut a stream wherever they end.
import { categoryOf } from '../../kernel/envelope.ts';
import type { EventScan } from '../../kernel/sweep/event-scan.ts';
import type { InMemoryEventStore } from './event-store.ts';

/** @param commitsPerPage before those of unwanted categories are left out */
export const inMemoryEventScan = (store: InMemoryEventStore, commitsPerPage: number): EventScan => ({
  async page({ segment, of, categories, after }) {
    const own = store
      .streams()
      .filter((stream) => placeOf(stream) % of === segment)
      .toSorted((left, right) => placeOf(left) - placeOf(right) || (left < right ? -1 : 1))
      .flatMap((stream) => store.commits(stream));
    const isBehind = ({ stream, version }: { stream: string; version: number }): boolean => {
      if (after === undefined) return true;
      if (stream === after.stream) return version > after.version;
      return placeOf(stream) === placeOf(after.stream)
        ? stream > after.stream
        : placeOf(stream) > placeOf(after.stream);
    };
    const rest = own.filter(isBehind);
    const page = rest.slice(0, commitsPerPage);
    const last = page.at(-1);
    const wanted = page.filter(({ stream }) => categories.includes(categoryOf(stream)));
    const commits = structuredClone(wanted.map(({ riders: _, ...commit }) => commit));
    return rest.length > page.length && last
      ? { commits, unreadable: [], end: { stream: last.stream, version: last.version } }
      : { commits, unreadable: [] };
  },
});

/** What the hash of a partition key is to DynamoDB. */
const placeOf = (stream: string): number =>
  [...stream].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);
