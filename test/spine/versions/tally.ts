// A domain as small as can be, in several versions of its code: amounts are added up, to no more than a limit.
import * as z from 'zod';
import { accept, type Decider, type Decision, reject } from '../../../lambdas/spine/kernel/decider.ts';
import type { DomainEvent, StoredEvent } from '../../../lambdas/spine/kernel/envelope.ts';
import { type EventCodec, eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import type { ComposedProjection } from '../../../lambdas/spine/kernel/projections/view.ts';

/** Adds the amount so many times at once. */
export interface Add {
  readonly type: 'Add';
  readonly amount: number;
  readonly times: number;
}

/** How a version of the code writes and reads that an amount was added. */
export interface Events {
  readonly codec: EventCodec<DomainEvent>;
  /** The newest major version of the schema that it knows. */
  readonly major: number;
  event(amount: number): DomainEvent;
  amountOf(data: unknown): number;
}

/** What a version of the code makes of the amounts. */
export interface Fold<Result> {
  readonly number: number;
  readonly schema: z.ZodType<Result>;
  readonly none: Result;
  add(result: Result, amount: number): Result;
  sumOf(result: Result): number;
}

/** One version of the code. */
export interface Version {
  readonly name: string;
  readonly events: Events;
  readonly projection: ComposedProjection<unknown, unknown, unknown>;
  readonly decider: Decider<Add, DomainEvent, unknown>;
  readonly viewAfter: (amounts: readonly number[]) => unknown;
  readonly stateAfter: (amounts: readonly number[]) => unknown;
}

export const LIMIT = 200;

/** `tally-a.1` is part of the view of `tally-a`. */
export const tallyKey = (stream: string): string => stream.replace(/\..*$/, '');

export const eventsOneNull: Events = {
  codec: eventCodec({
    Added: {
      schemaVersion: '1.0.0',
      data: z.strictObject({ amount: z.int(), by: z.strictObject({ name: z.string() }) }),
    },
  }) as EventCodec<DomainEvent>,
  major: 1,
  event: (amount) => ({ type: 'Added', data: { amount, by: { name: 'me' } } }),
  amountOf: (data) => (data as { amount: number }).amount,
};

/** Added optional properties, at every depth. */
export const eventsOneOne: Events = {
  ...eventsOneNull,
  codec: eventCodec({
    Added: {
      schemaVersion: '1.1.0',
      data: z.strictObject({
        amount: z.int(),
        by: z.strictObject({ name: z.string(), role: z.string().optional() }),
        note: z.string().optional(),
      }),
    },
  }) as EventCodec<DomainEvent>,
  event: (amount) => ({ type: 'Added', data: { amount, by: { name: 'me', role: 'staff' }, note: 'by hand' } }),
};

const inHundredths = (data: unknown) => ({ hundredths: 100 * (data as { amount: number }).amount });

/** Changed the meaning. */
export const eventsTwo: Events = {
  codec: eventCodec({
    Added: {
      schemaVersion: '2.0.0',
      data: z.strictObject({ hundredths: z.int() }),
      upcasters: { '1.0.0': { to: '2.0.0', up: inHundredths }, '1.1.0': { to: '2.0.0', up: inHundredths } },
    },
  }) as EventCodec<DomainEvent>,
  major: 2,
  event: (amount) => ({ type: 'Added', data: { hundredths: 100 * amount } }),
  amountOf: (data) => (data as { hundredths: number }).hundredths / 100,
};

const sumFold: Fold<{ sum: number }> = {
  number: 1,
  schema: z.object({ sum: z.int() }),
  none: { sum: 0 },
  add: ({ sum }, amount) => ({ sum: sum + amount }),
  sumOf: ({ sum }) => sum,
};

/** Of the same shape as the first, with another meaning. */
const hundredfold: Fold<{ sum: number }> = {
  ...sumFold,
  number: 2,
  add: ({ sum }, amount) => ({ sum: sum + 100 * amount }),
  sumOf: ({ sum }) => sum / 100,
};

/** Of another shape. */
const listFold: Fold<{ amounts: number[] }> = {
  number: 3,
  schema: z.object({ amounts: z.array(z.int()) }),
  none: { amounts: [] },
  add: ({ amounts }, amount) => ({ amounts: [...amounts, amount] }),
  sumOf: ({ amounts }) => amounts.reduce((sum, amount) => sum + amount, 0),
};

export const folds = [sumFold, hundredfold, listFold] as readonly unknown[] as readonly [
  Fold<unknown>,
  Fold<unknown>,
  Fold<unknown>,
];

export function version(name: string, events: Events, view = folds[0], state = folds[0]): Version {
  const { codec, amountOf } = events;
  return {
    name,
    events,
    projection: {
      name: 'tallies',
      folds: {
        tally: { codec, evolve: (current, { data }) => view.add(current ?? view.none, amountOf(data)) },
      },
      generation: view.number,
      indexes: [],
      viewKey: tallyKey,
      indexKeys: () => ({}),
      cacheTags: ({ stream }) => [stream],
      compose: (own, others) => [own, ...others],
    },
    decider: {
      category: 'tally',
      codec,
      generation: state.number,
      stateSchema: state.schema,
      initialState: state.none,
      evolve: (current, { data }) => state.add(current, amountOf(data)),
      decide: ({ amount, times }, current): Decision<DomainEvent> =>
        state.sumOf(current) + amount * times <= LIMIT
          ? accept(...Array.from({ length: times }, () => events.event(amount)))
          : reject('rule', 'limit', `No more than ${LIMIT}`),
    },
    viewAfter: (amounts) => amounts.reduce<unknown>((result, amount) => view.add(result, amount), view.none),
    stateAfter: (amounts) => amounts.reduce<unknown>((result, amount) => state.add(result, amount), state.none),
  };
}

export const majorOf = ({ schemaVersion }: StoredEvent): number => Number(schemaVersion.split('.')[0]);
