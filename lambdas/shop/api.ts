// The shop's HTTP API: its operations in the groups that readers see, and the description of the whole.
import type { Api } from '../spine/http/api.ts';
import * as orderOperations from './orders/operations.ts';
import * as orderQueries from './orders/query-operations.ts';
import * as paymentOperations from './payments/operations.ts';
import * as productOperations from './products/operations.ts';

export const api: Api = {
  title: 'Eventspine',
  version: '0.1.0',
  description: 'Orders and products as event streams.',
  groups: [
    {
      tag: 'Products',
      description: 'What is on offer, at which price, and how much of it is available.',
      commands: 'products-command',
      operations: productOperations,
    },
    {
      tag: 'Orders',
      description: 'From placing an order to its delivery: commands, views, and everything that happened.',
      commands: 'orders-command',
      operations: { ...orderOperations, ...orderQueries },
    },
    {
      tag: 'Payments',
      description: 'What the payment provider tells us.',
      commands: 'payment-callback',
      operations: paymentOperations,
    },
  ],
  signature: {
    name: 'paymentSignature',
    header: 'Payment-Signature',
    description: 't=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">, at most 5 minutes old',
    challenges: ['Payment-Signature', 'Stripe-Signature'],
  },
  problemMembers: {
    total: { type: 'integer', description: 'Of total_changed: what the order costs now, in minor units' },
    currency: { type: 'string', description: 'Of total_changed: of the total, ISO 4217' },
  },
};
