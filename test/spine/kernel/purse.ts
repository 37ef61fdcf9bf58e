// A purse: what may be taken depends on what was put in, so a decision on an old state is often a wrong one.
import * as z from 'zod';
import { accept, type Decider, type Decision, reject } from '../../../lambdas/spine/kernel/decider.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { type EventOf, eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';

const moved = { schemaVersion: '1.0.0', data: z.object({ amount: z.int() }) };
const definitions = { Moved: moved } as const;

export type PurseEvent = EventOf<typeof definitions>;
/** `amount` below zero takes. Nothing happens by 0. */
export interface Move {
  readonly type: 'Move';
  readonly amount: number;
}

const frozen = z.object({ sum: z.int() }).transform((state) => Object.freeze(state));

export const purse: Decider<Move, PurseEvent, { readonly sum: number }> = {
  category: 'purse',
  codec: eventCodec(definitions),
  generation: 1,
  stateSchema: frozen,
  initialState: Object.freeze({ sum: 0 }),
  evolve: ({ sum }, { data }) => Object.freeze({ sum: sum + data.amount }),
  decide: ({ amount }, { sum }): Decision<PurseEvent> => {
    if (sum + amount < 0) return reject('rule', 'too_little', `${sum} is less than ${-amount}`);
    return amount === 0 ? accept() : accept({ type: 'Moved', data: { amount } });
  },
};

/** What is in it after each version; at 0, nothing. */
export function sumsOf(commits: readonly Commit[]): readonly number[] {
  const sums = [0];
  for (const { data } of commits.flatMap((commit) => purse.codec.decode(commit))) {
    sums.push((sums.at(-1) ?? 0) + data.amount);
  }
  return sums;
}
