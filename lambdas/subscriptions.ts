// Every subscription of this application: who gets the hints of which streams.
import type { Subscription } from './kernel/subscription.ts';
import { projections } from './read-models/index.ts';

/** The process manager that follows an order. */
export const orderFulfilment = { name: 'order-fulfilment', categories: ['order', 'payment'] } as const;

/** E-mails to customers. */
export const notifications = { name: 'notifications', categories: ['order'] } as const;

export const subscriptions: readonly Subscription[] = [...projections, orderFulfilment, notifications].map(
  ({ name, categories }) => ({ name, categories }),
);
