// A second application, as small as one can be: tallies that grow. One aggregate and one read model.
import * as z from 'zod';
import { accept, type Decider } from '../../../../lambdas/spine/kernel/decider.ts';
import { type EventOf, eventCodec } from '../../../../lambdas/spine/kernel/event-codec.ts';
import type { Projection } from '../../../../lambdas/spine/kernel/projections/projection.ts';

const definitions = { Added: { schemaVersion: '1.0.0', data: z.strictObject({ amount: z.int() }) } } as const;

export type TallyEvent = EventOf<typeof definitions>;

export interface Add {
  readonly type: 'Add';
  readonly amount: number;
}

const tallyEvents = eventCodec(definitions);

export const tallyDecider = {
  category: 'tally',
  codec: tallyEvents,
  generation: 1,
  stateSchema: z.object({ sum: z.int() }),
  initialState: { sum: 0 },
  evolve: ({ sum }, { data }) => ({ sum: sum + data.amount }),
  decide: ({ amount }) => accept({ type: 'Added', data: { amount } }),
} satisfies Decider<Add, TallyEvent, { sum: number }>;

export interface TallyView {
  readonly sum: number;
}

export const tallies: Projection<TallyView> = {
  name: 'tallies',
  folds: {
    tally: {
      codec: tallyEvents,
      evolve: (part, { data }) => ({ sum: (part?.sum ?? 0) + Number(Object(data).amount) }),
    },
  },
  generation: 1,
  indexes: [],
  viewKey: (stream) => stream,
  indexKeys: () => ({}),
  cacheTags: ({ stream }) => [stream],
};
