// Every operation of the HTTP API, by the name that generated clients call it and the group that readers find it in.
import type { Operation } from '../spine/http/operation.ts';
import * as serviceOperations from '../spine/http/service/operations.ts';
import * as orderOperations from './orders/operations.ts';
import * as orderQueries from './orders/query-operations.ts';
import * as paymentOperations from './payments/operations.ts';
import * as productOperations from './products/operations.ts';

export interface NamedOperation extends Operation {
  readonly id: string;
  readonly tag: string;
}

export const tags = [
  { name: 'Products', description: 'What is on offer, at which price, and how much of it is available.' },
  {
    name: 'Orders',
    description: 'From placing an order to its delivery: commands, views, and everything that happened.',
  },
  { name: 'Payments', description: 'What the payment provider tells us.' },
  { name: 'Service', description: 'What the service says about itself.' },
] as const;

type Tag = (typeof tags)[number]['name'];

const group = (tag: Tag, byId: Readonly<Record<string, Operation>>): NamedOperation[] =>
  Object.entries(byId).map(([id, operation]) => ({ ...operation, id, tag }));

export const operations: readonly NamedOperation[] = [
  ...group('Products', productOperations),
  ...group('Orders', orderOperations),
  ...group('Orders', orderQueries),
  ...group('Payments', paymentOperations),
  ...group('Service', serviceOperations),
];
