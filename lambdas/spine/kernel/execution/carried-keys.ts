// The index of keys as a commit carries it: in its riders, or in an old snapshot.
import type { Commit, Snapshot } from '../envelope.ts';
import { isOfEntries, type KeyEntry, printOf } from '../keys/key-entries.ts';
import { decodeIndex, type KeyIndex, type KeyRun, noKeys } from '../keys/key-index.ts';
import { isOutOfTime } from '../keys/key-time.ts';

/** Includes the keys of a run in the same commit, if they match the index. `undefined` for a commit without a usable index. */
export function indexIn({ version, riders, snapshot }: Commit): KeyIndex | undefined {
  if (!riders?.keys) return snapshot && indexOfMarks(snapshot);
  const index = decodeIndex(riders.keys);
  const entries = riders.run;
  if (!index || !entries) return index;
  const isHere = (run: KeyRun) => run.version === version && isOfEntries(entries, run.count);
  return { ...index, runs: index.runs.map((run) => (isHere(run) ? { ...run, entries } : run)) };
}

/**
 * The keys as known after the commit: what it carries, or no keys if all up to it have expired.
 * @param ofLog what is carried does not count
 */
export function indexAfter(commit: Commit, newest: Commit, ofLog: boolean): KeyIndex | undefined {
  const carried = ofLog ? undefined : indexIn(commit);
  return carried ?? (isOutOfTime(commit.time, newest.time) ? noKeys : undefined);
}

/** The index with what was read before of the same runs. */
export function withEntriesOf(known: KeyIndex | undefined, index: KeyIndex): KeyIndex {
  if (!known) return index;
  const read = new Map(known.runs.flatMap((run) => (run.entries ? [[run.version, run] as const] : [])));
  return { ...index, runs: index.runs.map((run) => (run.entries ? run : (read.get(run.version) ?? run))) };
}

/** How many marks of each kind an old snapshot kept. A full one has dropped keys that may not have expired. */
const MARKS_OF_A_KIND = 500;

function indexOfMarks({ marks }: Snapshot): KeyIndex | undefined {
  if (!Array.isArray(marks)) return undefined;
  const ofCallers = marks.filter(({ isCallers }) => isCallers).length;
  if (ofCallers >= MARKS_OF_A_KIND || marks.length - ofCallers >= MARKS_OF_A_KIND) return undefined;
  const recent = marks.map(
    ({ key, payload, version }): KeyEntry => ({
      print: printOf(key),
      version,
      mark: { key, payload, lastVersion: version },
    }),
  );
  return { ...noKeys, recent };
}
