// The write path as it was before riders, which may run beside this one: it folds the whole log, and leaves a snapshot in the old
// form now and then.
import type { Commit, RememberedMark } from '../../../lambdas/spine/kernel/envelope.ts';
import { lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import type { CommandRequest } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { notBefore } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import type { InMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { type Move, purse, sumsOf } from './purse.ts';

const SNAPSHOT_INTERVAL = 50;
const REMEMBERED_MARKS = 500;

const marksOf = (commits: readonly Commit[]): RememberedMark[] =>
  commits
    .flatMap((commit) => (commit.idempotency ? [{ ...commit.idempotency, version: lastVersion(commit) }] : []))
    .slice(-REMEMBERED_MARKS);

/** Executes the command unless its key is remembered. */
export async function executeBefore(store: InMemoryEventStore, request: CommandRequest<Move>): Promise<void> {
  const { stream, idempotency, command, id, provenance } = request;
  const commits = store.commits(stream);
  const sums = sumsOf(commits);
  const decision = purse.decide(command, { sum: sums.at(-1) ?? 0 });
  const isKnown = marksOf(commits).some(({ key }) => key === idempotency?.key);
  if (isKnown || decision.kind === 'rejected' || decision.events.length === 0) return;
  const commit: Commit = {
    ...provenance,
    time: notBefore(commits.at(-1)?.time, provenance.time),
    ...{ stream, version: commits.length + 1, id },
    events: decision.events.map((event) => purse.codec.encode(event)),
    ...(idempotency && { idempotency }),
  };
  const all = [...commits, commit];
  const snapshot = { generation: purse.generation, state: { sum: sumsOf(all).at(-1) }, marks: marksOf(all) };
  await store.append(all.length % SNAPSHOT_INTERVAL === 0 ? { ...commit, snapshot } : commit);
}
