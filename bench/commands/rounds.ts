// Commands take turns one by one, so that whatever disturbs the machine disturbs everybody alike, and in a random order, so that
// everybody alike comes after one that leaves garbage and cold caches behind.
import { median } from '../suite/statistics.ts';
import type { Shape } from './accounts.ts';
import type { Contestant } from './contestants.ts';

/** Run before a round's commands are timed: connections, and the runtime's compiler. */
const WARM_UP = 5;

/** @returns each contestant's median of every round, in milliseconds */
export async function timeRounds(
  contestants: readonly Contestant[],
  shape: Shape,
  rounds: number,
  commands: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const medians = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, millis] of await timeRound(contestants, shape, commands)) medians.get(name)?.push(median(millis));
  }
  return medians;
}

async function timeRound(contestants: readonly Contestant[], shape: Shape, commands: number) {
  const queues: { name: string; queue: (() => Promise<unknown>)[]; millis: number[] }[] = [];
  for (const { name, prepare } of contestants) {
    queues.push({ name, queue: [...(await prepare(shape, WARM_UP + commands))], millis: [] });
  }
  for (let turn = 0; turn < WARM_UP + commands; turn += 1) {
    for (const { queue, millis } of shuffled(queues)) {
      const startedAt = performance.now();
      await queue[turn]?.();
      if (turn >= WARM_UP) millis.push(performance.now() - startedAt);
    }
  }
  return queues.map(({ name, millis }) => [name, millis] as const);
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(Math.floor(Math.random() * rest.length), 1));
}
