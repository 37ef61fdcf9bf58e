// The account as a decider of this project, for its code of now and of before.
import * as z from 'zod';
import { accept, type Decider } from '../../lambdas/spine/kernel/decider.ts';
import { type EventOf, eventCodec } from '../../lambdas/spine/kernel/event-codec.ts';
import { type Account, type Command, newAccount, post } from './ledger.ts';

const definitions = {
  Posted: { schemaVersion: '1.0.0', data: z.strictObject({ amount: z.int(), reference: z.string() }) },
} as const;

type Posted = EventOf<typeof definitions>;

export const accountDeciderWith = (codecOf: typeof eventCodec): Decider<Command, Posted, Account> => ({
  category: 'account',
  codec: codecOf(definitions),
  generation: 1,
  stateSchema: z.object({ balance: z.int(), postings: z.int() }),
  initialState: newAccount,
  evolve: (state, { data }) => post(state, data),
  decide: ({ postings }) => accept(...postings.map((data): Posted => ({ type: 'Posted', data }))),
});

export const accountDecider = accountDeciderWith(eventCodec);
