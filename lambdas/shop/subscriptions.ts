// Every subscription of this application: who gets the hints of which streams.

import type { Subscription } from '../spine/kernel/pipeline/subscription.ts';
import { categoriesOf } from '../spine/kernel/projections/projection.ts';
import { projections } from './read-models.ts';

/** The process manager that follows an order: 20 at a time, and a payment and its writes take 2 s on a slow day. */
export const orderFulfilment = {
  name: 'order-fulfilment',
  categories: ['order', 'payment'],
  streamsPerSecond: 10,
} as const;

/** E-mails to customers, as many a second as the stage may send. */
export const notifications = { name: 'notifications', categories: ['order'], readsPersonal: true } as const;

const all: readonly Subscription[] = [
  ...projections.map((projection) => ({ ...projection, categories: categoriesOf(projection) })),
  orderFulfilment,
  notifications,
];

/** Of a projection nothing but what a subscription has. */
export const subscriptions: readonly Subscription[] = all.map(
  ({ name, categories, readsPersonal, streamsPerSecond }) => ({
    name,
    categories,
    ...(readsPersonal !== undefined && { readsPersonal }),
    ...(streamsPerSecond !== undefined && { streamsPerSecond }),
  }),
);
