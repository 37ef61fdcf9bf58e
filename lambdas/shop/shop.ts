// The shop, said once: what there is, and who may do what. Infrastructure iterates over it. Functions do not import it: each takes its
// own operations and projections, so that a bundle holds nothing else (docs/adr/0043-one-manifest.md).
import { application } from '../spine/manifest/application.ts';
import { api } from './api.ts';
import { customerOrders, openByCustomer } from './orders/customer-orders.ts';
import { projections } from './read-models.ts';

export const shop = application({
  name: 'eventspine',
  api,
  categories: ['order', 'product', 'stock', 'payment', 'fulfilment', 'notification'],
  readModels: projections,
  functions: {
    'orders-command': {
      kind: 'command',
      entry: 'lambdas/shop/functions/orders-command.ts',
      appends: ['order'],
      counts: { readModel: customerOrders.name, index: openByCustomer },
      concurrencyWeight: 3,
    },
    'products-command': {
      kind: 'command',
      entry: 'lambdas/shop/functions/products-command.ts',
      appends: ['product', 'stock'],
    },
    // A payment's outcome must get through while orders storm in.
    'payment-callback': {
      kind: 'command',
      entry: 'lambdas/shop/functions/payment-callback.ts',
      appends: ['payment'],
    },
    query: { kind: 'query', entry: 'lambdas/shop/functions/query.ts', concurrencyWeight: 5 },
    projector: { kind: 'projector', entry: 'lambdas/shop/functions/projector.ts' },
    sweeper: { kind: 'sweeper', entry: 'lambdas/shop/functions/sweeper.ts' },
    'order-fulfilment': {
      kind: 'process',
      entry: 'lambdas/shop/functions/order-fulfilment.ts',
      hears: ['order', 'payment'],
      appends: ['fulfilment', 'order', 'stock', 'payment'],
      // 20 at a time, and a payment and its writes take 2 s on a slow day.
      streamsPerSecond: 10,
      impact: 'Orders may stay unconfirmed, with stock reserved or money taken.',
    },
    notifications: {
      kind: 'notifications',
      entry: 'lambdas/shop/functions/notifications.ts',
      hears: ['order'],
      register: 'notification',
      recipients: 'customers',
      impact:
        'Customers have not got an e-mail. Mend the cause, then redrive within a day of the orders’ events; what SES did not take for two days is redriven for 14 days.',
    },
  },
});
