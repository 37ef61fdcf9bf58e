// What a run of a process does when it cannot go on, on the smallest process there is: it counts from one to three.
import { expect, it } from 'vitest';
import * as z from 'zod';
import { accept, type Decider, reject } from '../../../lambdas/spine/kernel/decider.ts';
import { type EventOf, eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import {
  type Heard,
  isAtRest,
  ProcessInterruptedError,
  type ProcessManager,
  type ProcessPorts,
  ProcessStuckError,
  runProcess,
} from '../../../lambdas/spine/kernel/process-manager.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';

const definitions = { Counted: { schemaVersion: '1.0.0', data: z.strictObject({ to: z.int() }) } } as const;
type Counted = EventOf<typeof definitions>;
type Input = { readonly type: 'Count' | 'Ignore' | 'Refuse' };

const decider: Decider<Input, Counted, number> = {
  category: 'count',
  codec: eventCodec(definitions),
  generation: 1,
  stateSchema: z.int(),
  initialState: 0,
  evolve: (_, { data }) => data.to,
  decide({ type }, state) {
    if (type === 'Refuse') return reject('rule', 'refused', 'It is not to be counted.');
    return type === 'Count' ? accept({ type: 'Counted', data: { to: state + 1 } }) : accept();
  },
};
const process = { decider, nextAction: (state: number) => (state > 0 && state < 3 ? 'count on' : undefined) };
const STREAM = 'count-1';

type Manager = Partial<ProcessManager<Input, Counted, number, string>>;

function world(
  perform: () => Promise<Heard<Input>> = async () => ({ input: { type: 'Count' } }),
  manager: Manager = {},
) {
  const store = inMemoryEventStore();
  const watchedAt: number[] = [];
  const wokenAt: [string, number][] = [];
  let ids = 0;
  const ports: ProcessPorts<Input, number, string> = {
    store,
    wait: async () => undefined,
    random: () => 0,
    newId: () => `id-${ids++}`,
    now: () => new Date('2026-01-01T00:00:00.000Z'),
    watch: async () => void watchedAt.push(store.commits(STREAM).length),
    wake: async (dueAt) => void wokenAt.push([dueAt, store.commits(STREAM).length]),
    perform,
  };
  const hear = (...types: Input['type'][]) => {
    const heard = types.map((type) => ({ input: { type }, causationId: `cause-${type}` }));
    return runProcess(ports, { ...process, ...manager }, STREAM, heard, 'correlation');
  };
  return { store, ports, hear, watchedAt, wokenAt };
}

it('acts until it waits, each step caused by what was heard, or by the step before', async () => {
  const { hear, store } = world();
  expect((await hear('Count')).state).toBe(3);
  const causes = store.commits(STREAM).map(({ causationId }) => causationId);
  expect(causes).toEqual(['cause-Count', 'count-1@1', 'count-1@2']);
});

it('is watched before its first event is recorded, if one of what it hears starts it, and only then', async () => {
  const { hear, watchedAt } = world();
  await hear('Ignore', 'Count');
  await hear('Count');
  expect(watchedAt).toEqual([0]);
});

it('that nothing starts is not watched', async () => {
  const { hear, watchedAt } = world();
  await hear('Ignore');
  expect(watchedAt).toEqual([]);
});

it('does not take a refusal for a start', async () => {
  const { hear, watchedAt, store } = world();
  await expect(hear('Refuse')).rejects.toThrow(ProcessInterruptedError);
  expect([watchedAt, store.commits(STREAM)]).toEqual([[], []]);
});

it('reports an action that ended and changed nothing, and does not repeat it for ever', async () => {
  let actions = 0;
  const { hear } = world(async () => {
    actions += 1;
    return { input: { type: 'Ignore' } };
  });
  await expect(hear('Count')).rejects.toThrow(ProcessStuckError);
  expect(actions).toBe(1);
});

it('goes on where another run has recorded the action’s end', async () => {
  const { hear, store } = world(async () => {
    await run(store, decider, STREAM, { type: 'Count' });
    return { input: { type: 'Ignore' } };
  });
  expect((await hear('Count')).state).toBe(3);
  expect(store.commits(STREAM)).toHaveLength(3);
});

it('is interrupted where others keep writing to its stream', async () => {
  const { hear, store, ports } = world();
  const { append } = store;
  Object.assign(ports.store, {
    append: async (commit: Parameters<typeof append>[0]) => {
      await append({ ...commit, id: `other-${commit.version}` });
      return append(commit);
    },
  });
  await expect(hear('Count')).rejects.toThrow(ProcessInterruptedError);
});

it('has the timer of the instant that it waits for before the event is recorded that leads there, and once', async () => {
  const wakeAt = (state: number) => (state >= 2 ? '2026-01-02T00:00:00.000Z' : undefined);
  const { hear, wokenAt } = world(undefined, { wakeAt });
  await hear('Count');
  await hear('Count');
  await hear('Refuse').catch(() => undefined);
  expect(wokenAt).toEqual([['2026-01-02T00:00:00.000Z', 1]]);
});

it('is at rest when there is nothing to do and no instant to wait for', () => {
  const nextAction = (state: number) => (state === 1 ? 'count on' : undefined);
  const wakeAt = (state: number) => (state === 2 ? '2026-01-02T00:00:00.000Z' : undefined);
  expect([0, 1, 2, 3].map((state) => isAtRest({ nextAction, wakeAt }, state))).toEqual([true, false, false, true]);
});
