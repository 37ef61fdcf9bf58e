// A read model whose views are made of several streams: a product's name is in its own, and its stock in as many as there are.
import * as z from 'zod';
import type { ProductView } from '../../lambdas/shop/products/catalogue.ts';
import { type Commit, idOf } from '../../lambdas/spine/kernel/envelope.ts';
import { type EventOf, eventCodec } from '../../lambdas/spine/kernel/event-codec.ts';
import { foldCommit, type PartFold, type Row } from '../../lambdas/spine/kernel/projections/projection.ts';
import type { ComposedProjection } from '../../lambdas/spine/kernel/projections/view.ts';

const named = eventCodec({ Named: { schemaVersion: '1.0.0', data: z.strictObject({ name: z.string() }) } });
const counted = eventCodec({ Counted: { schemaVersion: '1.0.0', data: z.strictObject({ by: z.int() }) } });

export interface Label {
  readonly name: string;
}
export interface Pile {
  readonly count: number;
}

/** `stock-A.2` is the second more of the streams with the stock of `product-A`. */
export const shelfKey = (stream: string): string => `product-${idOf(stream).replace(/\..*$/, '')}`;

const label: PartFold<Label, EventOf<typeof named.definitions>> = {
  codec: named,
  evolve: (_, { data }) => data as Label,
};
const pile: PartFold<Pile, EventOf<typeof counted.definitions>> = {
  codec: counted,
  evolve: (part, { data }) => ({ count: (part?.count ?? 0) + (data as { by: number }).by }),
};

export const shelf: ComposedProjection<Label, Pile, ProductView> = {
  name: 'shelf',
  generation: 1,
  indexes: [],
  folds: { product: label, stock: pile },
  viewKey: shelfKey,
  indexKeys: () => ({}),
  cacheTags: ({ stream }) => [shelfKey(stream), 'products'],
  compose: ({ name }, piles) => ({
    ...{ sku: 'A', name, unitPrice: 1, currency: 'EUR' },
    available: piles.reduce((sum, { count }) => sum + count, 0),
  }),
};

/** The commit of one event at that version: a name for a product's own stream, a count for one of its stock. */
export function shelfCommit(stream: string, version: number, value: string | number): Commit {
  const { type, data } =
    typeof value === 'string' ? { type: 'Named', data: { name: value } } : { type: 'Counted', data: { by: value } };
  const provenance = { time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'c' };
  return {
    ...provenance,
    stream,
    version,
    id: `${stream}@${version}`,
    events: [{ type, data, schemaVersion: '1.0.0' }],
  };
}

/** The row that those commits of one stream lead to. */
export const shelfRow = (commits: readonly Commit[]): Row<Label | Pile> | undefined =>
  commits.reduce<Row<Label | Pile> | undefined>((row, commit) => foldCommit(shelf, row, commit), undefined);
