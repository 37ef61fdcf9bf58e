// The ports of the code, shared by all of its versions: every call waits for its turn, and every write is held to what a table
// promises.
import type { Scheduler } from 'fast-check';
import { expect } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { majorOf, tallyKey, type Version } from './tally.ts';

const amountIn = (data: unknown): number => {
  const { amount, hundredths } = data as { amount?: number; hundredths?: number };
  return amount ?? (hundredths ?? Number.NaN) / 100;
};

/** @param stored what the event table holds of a commit that was written */
export function sharedPorts(scheduler: Scheduler, versions: readonly Version[], stored: (commit: Commit) => Commit) {
  const events = inMemoryEventStore();
  const rows = inMemoryReadTable<unknown>(tallyKey);
  let isFree = false;
  const turn = (label: string) => (isFree ? Promise.resolve() : scheduler.schedule(Promise.resolve(), label));

  const amounts = (stream: string, upTo = Number.POSITIVE_INFINITY): readonly number[] =>
    events
      .commits(stream)
      .flatMap((commit) => commit.events.map(({ data }) => amountIn(data)))
      .slice(0, upTo);
  const isReadable = (stream: string, { events: { major } }: Version): boolean =>
    events.commits(stream).every((commit) => commit.events.every((event) => majorOf(event) <= major));
  const isFoldOf = ({ stream, version, part }: Row<unknown>, { viewAfter }: Version): void =>
    expect(part, `${stream}@${version}`).toEqual(viewAfter(amounts(stream, version)));

  const store = {
    ...events,
    append: async (commit: Commit) => {
      await turn(`append ${commit.stream}@${commit.version}`);
      return events.append(stored(commit));
    },
    async *readBackward(stream: string) {
      await turn(`read ${stream} backward`);
      yield* events.readBackward(stream);
    },
    async *readForward(stream: string, after: number) {
      await turn(`read ${stream} after ${after}`);
      yield* events.readForward(stream, after);
    },
  };
  const table: typeof rows = {
    ...rows,
    get: async (stream) => {
      await turn(`get ${stream}`);
      return rows.get(stream);
    },
    ofView: async (key) => {
      await turn(`get all of ${key}`);
      return rows.ofView(key);
    },
    scan: async (page) => {
      await turn('scan');
      return rows.scan(page);
    },
    put: async (row, keys) => {
      await turn(`put ${row.stream}@${row.version} of generation ${row.generation}`);
      const before = rows.rows.get(row.stream)?.version ?? 0;
      const outcome = await rows.put(row, keys);
      const standing = rows.rows.get(row.stream) as Row<unknown>;
      expect(standing.version).toBeGreaterThanOrEqual(before);
      const maker = versions.find(({ projection }) => projection.generation === standing.generation) as Version;
      isFoldOf(standing, maker);
      return outcome;
    },
  };

  return {
    store,
    table,
    turn,
    /** From here on nothing waits. */
    free: (): void => {
      isFree = true;
    },
    events,
    rows: rows.rows,
    amounts,
    /** Whether the version knows all of the stream's events. */
    isReadable,
    isFoldOf,
  };
}
