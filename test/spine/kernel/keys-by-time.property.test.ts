// A key within its time answers as the first time: whatever came since, however clocks go, in processes that keep streams and in
// those that do not, and with commits of the code before among them.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import { executeCommand } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { request } from '../../support/commands.ts';
import { executeBefore } from './code-before.ts';
import { purse } from './purse.ts';

const RUNS = Number(process.env['HISTORIES'] ?? 100);
const stream = 'purse-1';
const DAY_IN_MILLIS = 24 * 60 * 60 * 1000;

const step = fc.record({
  process: fc.nat(3),
  kind: fc.constantFrom('again', 'again', 'again', 'other', 'keyed', 'keyed', 'plain', 'nothing', 'refused'),
  /** Which of the keys that were used. */
  which: fc.nat(),
  times: fc.constantFrom(1, 1, 5, 40, 90),
  /** How far the clock goes before each. */
  minutes: fc.constantFrom(0, 0, 1, 13, 300, 900, -200),
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** @param sizes what the events of a commit have besides */
function newWorld(correlationBytes: number) {
  const store = inMemoryEventStore();
  const ports = { store, wait: async () => {}, random: () => 0 };
  const processes = [ports, { ...ports, kept: keptStreams() }, { ...ports, kept: keptStreams() }];
  const correlationId = 'c'.repeat(correlationBytes);
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  let keys = 0;
  let found = 0;

  const ask = (key: string | undefined, amount: number) => {
    const time = new Date(now).toISOString();
    const asked = request(stream, { type: 'Move', amount } as const, { time, ...(key && { key }) });
    return { ...asked, provenance: { ...asked.provenance, correlationId } };
  };

  async function repeat({ process, kind, which }: Step): Promise<void> {
    const commits = store.commits(stream);
    const keyed = commits.filter(({ idempotency }) => idempotency);
    const first = keyed[which % Math.max(1, keyed.length)];
    if (!first) return;
    const key = first.id.split(' ')[1] ?? '';
    const age = Date.parse(commits.at(-1)?.time ?? '') - Date.parse(first.time);
    const toExecute = ask(key, kind === 'other' ? 2 : 1);
    const outcome = await executeCommand(processes[process % 3] ?? ports, purse, {
      ...toExecute,
      id: `key ${key} again ${keys++}`,
    });
    if (age > DAY_IN_MILLIS) return;
    const newest = commits.findLast(({ id }) => id.split(' ')[1] === key) ?? first;
    const replayed = { kind: 'done', version: lastVersion(newest), effect: 'replayed' };
    const isSame = toExecute.idempotency?.payload === newest.idempotency?.payload;
    expect(outcome).toEqual(isSame ? replayed : { kind: 'key-reused' });
    found += 1;
  }

  async function command({ process, kind }: Step): Promise<void> {
    const key = kind === 'keyed' ? String(keys++) : undefined;
    const toExecute = { ...ask(key, { nothing: 0, refused: -1_000_000 }[kind as string] ?? 1) };
    const named = key ? { ...toExecute, id: `key ${key} first` } : toExecute;
    const ported = processes[process];
    if (!ported) return executeBefore(store, named);
    const outcome = await executeCommand(ported, purse, named);
    expect(outcome.kind).toBe(kind === 'refused' ? 'rejected' : 'done');
  }

  return {
    store,
    found: () => found,
    async take(each: Step): Promise<void> {
      for (let count = 0; count < each.times; count += 1) {
        now += each.minutes * 60_000;
        await (each.kind === 'again' || each.kind === 'other' ? repeat(each) : command(each));
      }
    },
  };
}

it('answers a key within its time as the first time', { timeout: 60_000 + RUNS * 200 }, async () => {
  const tally = { found: 0, runs: 0, mergedRuns: 0 };
  const histories = fc.array(step, { minLength: 3, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(histories, fc.constantFrom(10, 200, 700, 3_000), async (steps, correlationBytes) => {
      const world = newWorld(correlationBytes);
      for (const each of steps) await world.take(each);
      tally.found += world.found();
      const runs = world.store.commits(stream).flatMap(({ riders }) => riders?.run ?? []);
      tally.runs += runs.length;
      tally.mergedRuns += runs.filter(({ length }) => length > 200).length;
    }),
    { numRuns: RUNS },
  );
  expect(tally.found).toBeGreaterThan(RUNS);
  expect(tally.runs).toBeGreaterThan(RUNS / 10);
  expect(tally.mergedRuns).toBeGreaterThan(0);
});
