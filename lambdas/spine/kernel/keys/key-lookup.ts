// Whether a stream has seen an idempotency key: what the index suspects is looked up in the commit itself.
import { type IdempotencyMark, lastVersion } from '../envelope.ts';
import { EventspineError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { isOfEntries, type KeyEntry, printOf, versionsOf } from './key-entries.ts';
import { mayHold } from './key-filter.ts';
import type { KeyIndex, KeyRun } from './key-index.ts';

export type KeyUse =
  | { readonly kind: 'new' }
  | { readonly kind: 'replay'; readonly version: number }
  | { readonly kind: 'reused' };

/** A run of keys that the index points to is not there, or not in a form that this code reads. */
export class UnreadableRunError extends EventspineError {
  readonly code = 'unreadable_run';
}

type Reads = Pick<EventStore, 'commitWith'>;

/**
 * Reads runs only where the index cannot rule the key out.
 * @returns with the use, the index with what was read of it
 * @throws UnreadableRunError
 */
export async function useOfKey(
  store: Reads,
  stream: string,
  index: KeyIndex,
  mark: IdempotencyMark | undefined,
): Promise<{ readonly use: KeyUse; readonly index: KeyIndex }> {
  if (!mark) return { use: { kind: 'new' }, index };
  const print = printOf(mark.key);
  const isInRuns = !index.filter || mayHold(index.filter, print);
  const read = isInRuns ? await withRuns(store, stream, index, index.runs) : index;
  const inRuns = (isInRuns ? read.runs : []).flatMap(({ entries = new Uint8Array() }) => versionsOf(entries, print));
  const suspects = [
    ...inRuns.map((version): KeyEntry => ({ print, version })),
    ...index.recent.filter((entry) => entry.print === print),
  ];
  for (const suspect of suspects.reverse()) {
    const seen = await markOf(store, stream, suspect);
    if (seen?.key !== mark.key) continue;
    const isSame = seen.payload === mark.payload;
    return { use: isSame ? { kind: 'replay', version: seen.lastVersion } : { kind: 'reused' }, index: read };
  }
  return { use: { kind: 'new' }, index: read };
}

/** The index with the keys of those of its runs at hand: all are read at once. @throws UnreadableRunError */
export async function withRuns(
  store: Reads,
  stream: string,
  index: KeyIndex,
  wanted: readonly KeyRun[],
): Promise<KeyIndex> {
  if (wanted.every(({ entries }) => entries)) return index;
  const runs = await Promise.all(
    index.runs.map((run) => (wanted.includes(run) && !run.entries ? readRun(store, stream, run) : run)),
  );
  return { ...index, runs };
}

async function readRun(store: Reads, stream: string, run: KeyRun): Promise<KeyRun> {
  const { version, count } = run;
  const entries = (await store.commitWith({ stream, version }))?.riders?.run;
  if (!entries || !isOfEntries(entries, count)) {
    throw new UnreadableRunError(`${stream}@${version} has no run of ${count} keys`);
  }
  return { ...run, entries };
}

async function markOf(store: Reads, stream: string, { version, mark }: KeyEntry): Promise<KeyEntry['mark']> {
  if (mark) return mark;
  const commit = await store.commitWith({ stream, version });
  return commit?.idempotency && { ...commit.idempotency, lastVersion: lastVersion(commit) };
}
