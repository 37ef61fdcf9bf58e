// Processes that keep streams, beside some that do not, in any interleaving: each answer must be one that reading would have
// given at some moment of the command.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { type CommandOutcome, executeCommand } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { request } from '../../support/commands.ts';
import { purse, sumsOf } from './purse.ts';

const RUNS = Number(process.env['HISTORIES'] ?? 200);
const stream = 'purse-1';

const command = fc.record({
  process: fc.nat(2),
  amount: fc.integer({ min: -6, max: 6 }),
  /** With a key from 1 on; often one of before. */
  key: fc.nat(8),
  expects: fc.constantFrom('nothing', 'nothing', 'nothing', 'newest', 'any'),
  creates: fc.boolean(),
  pace: fc.nat(5),
});

type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** A store whose calls wait for their turn, and which loses some answers: the client writes again. */
function slowStore(inner: ReturnType<typeof inMemoryEventStore>, scheduler: fc.Scheduler, givesWinner: boolean) {
  const turn = (label: string) => scheduler.schedule(Promise.resolve(), label);
  let writes = 0;
  const store: EventStore = {
    ...inner,
    async append(commit) {
      await turn('append');
      writes += 1;
      const first = await inner.append(commit);
      const result = first.kind === 'appended' && writes % 5 === 0 ? await inner.append(commit) : first;
      await turn('answer');
      return givesWinner || result.kind === 'appended' ? result : { kind: 'conflict' };
    },
    async *readBackward(of, after) {
      await turn('read');
      yield* inner.readBackward(of, after);
    },
    async commitWith(event) {
      await turn('read one');
      return inner.commitWith(event);
    },
  };
  return store;
}

interface Answered {
  readonly command: Command;
  readonly id: string;
  readonly key: string | undefined;
  readonly expected: readonly number[] | 'any' | undefined;
  readonly outcome: CommandOutcome;
  /** Versions that the stream had while the command ran. */
  readonly from: number;
  readonly to: number;
}

/** Whether reading at one of the versions would have led to the outcome. */
function isRight(
  { command: { amount }, outcome, from, to, expected, id }: Answered,
  commits: readonly Commit[],
): boolean {
  const sums = sumsOf(commits);
  const some = (holds: (version: number, sum: number) => boolean): boolean =>
    sums.some((sum, version) => version >= from && version <= to && holds(version, sum));
  const isExpected = (version: number) =>
    expected === undefined || (expected === 'any' ? version > 0 : expected.includes(version));
  switch (outcome.kind) {
    case 'rejected':
      return some((version, sum) => isExpected(version) && sum + amount < 0);
    case 'version-mismatch':
      return some((version) => version === outcome.version && !isExpected(version));
    case 'done':
      if (outcome.effect === 'none')
        return amount === 0 && some((version) => version === outcome.version && isExpected(version));
      if (outcome.effect === 'replayed') return true;
      return commits[outcome.version - 1]?.id === id && isExpected(outcome.version - 1);
    default:
      return outcome.kind === 'key-reused';
  }
}

it('answers as if every command read its stream, whatever processes keep of it', {
  timeout: 60_000 + RUNS * 30,
}, async () => {
  const commands = fc.array(command, { minLength: 2, maxLength: 14 });
  const effects = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), commands, fc.boolean(), async (scheduler, all, givesWinner) => {
      const inner = inMemoryEventStore();
      const store = slowStore(inner, scheduler, givesWinner);
      const ports = { store, wait: async () => {}, random: () => 0 };
      const processes = [ports, { ...ports, kept: keptStreams() }, { ...ports, kept: keptStreams(2_000) }];
      const version = () => inner.commits(stream).length;
      const answered: Answered[] = [];
      const underWay = all.map(async (each, index) => {
        await scheduler.schedule(Promise.resolve(), `begin ${index}`);
        const from = version();
        const id = `c${index}`;
        const key = each.key > 0 ? `key-${each.key}` : undefined;
        const expected = { nothing: undefined, any: 'any' as const, newest: [from] }[each.expects];
        const options = { id, ...(key && { key }), ...(expected && { expectedVersions: expected }) };
        const toExecute = request(stream, { type: 'Move', amount: each.amount } as const, options);
        const process = processes[each.process % processes.length] as (typeof processes)[number];
        const outcome = await executeCommand(process, purse, {
          ...toExecute,
          createsStream: each.creates && from === 0,
        });
        effects.add(outcome.kind === 'done' ? outcome.effect : outcome.kind);
        answered.push({ command: each, id, key, expected, outcome, from, to: version() });
      });
      await scheduler.waitFor(Promise.all(underWay));
      const commits = inner.commits(stream);
      for (const each of answered)
        expect(isRight(each, commits), JSON.stringify({ ...each, sums: sumsOf(commits) })).toBe(true);
      const keys = commits.flatMap(({ idempotency }) => idempotency?.key ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      const wasAppended = answered.filter(({ outcome }) => outcome.kind === 'done' && outcome.effect === 'appended');
      expect(wasAppended.map(({ id }) => id).sort()).toEqual(commits.map(({ id }) => id).sort());
      const { state } = await loadStream(inner, purse, stream);
      expect(state.sum).toBe(sumsOf(commits).at(-1));
      expect(Math.min(...sumsOf(commits))).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: RUNS },
  );
  expect([...effects].sort()).toEqual(['appended', 'key-reused', 'none', 'rejected', 'replayed', 'version-mismatch']);
});
