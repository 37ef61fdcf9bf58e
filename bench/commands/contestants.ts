// Who takes turns: every system cold and, where it keeps state, warm; and the floors.
import { clientOf } from '../dynamodb/client.ts';
import { type Cost, meter } from '../dynamodb/meter.ts';
import type { Floor } from '../systems/floors.ts';
import type { System } from '../systems/system.ts';
import { nextCommand, type Shape, stepsOn } from './accounts.ts';

export interface Contestant {
  readonly name: string;
  /** So many commands, each ready to be run and timed. */
  prepare(shape: Shape, count: number): Promise<readonly (() => Promise<unknown>)[]>;
}

export interface Competitor extends Contestant {
  /** Its name. */
  readonly system: string;
  readonly warm: boolean;
  /** @returns what so many commands consume */
  cost(shape: Shape, count: number): Promise<Cost>;
}

export function floorContestant({ name, run }: Floor, endpoint: string): Contestant {
  const client = clientOf(endpoint);
  return { name, prepare: async (_, count) => Array.from({ length: count }, () => () => run(client, 'floor')) };
}

export const contestantsOf = (system: System, endpoint: string): Competitor[] =>
  (system.keepsState ? [false, true] : [false]).map((warm) => competitor(system, endpoint, warm));

function competitor(system: System, endpoint: string, warm: boolean): Competitor {
  const timedClient = system.clientOf(endpoint);
  const label = warm ? 'warm' : 'cold';
  /** Cold, every command finds a process that has just started; warm, one that has had a command for the account. */
  async function commandsOn(client: typeof timedClient, shape: Shape, count: number, use: string) {
    const steps = await stepsOn(system, client, shape, count, `${label}-${use}`);
    const kept = warm ? system.start(client) : undefined;
    for (const account of new Set(steps.map(([name]) => name))) await kept?.execute(account, nextCommand(shape.events));
    return steps.map((step) => () => (kept ?? system.start(client)).execute(...step));
  }
  return {
    name: `${system.name} ${label}`,
    system: system.name,
    warm,
    prepare: (shape, count) => commandsOn(timedClient, shape, count, 'time'),
    async cost(shape, count) {
      const client = system.clientOf(endpoint);
      const commands = await commandsOn(client, shape, count, 'cost');
      const costs = meter(client, clientOf(endpoint), system.keyNames);
      for (const execute of commands) await execute();
      return costs.take();
    },
  };
}
