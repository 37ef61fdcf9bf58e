// An order that somebody will place: its id follows from who places it, and the key.
import { newIdFor } from '../../../../lambdas/spine/http/commands/new-id.ts';
import type { Chance } from '../../../../lambdas/spine/testing/simulator/world/chance.ts';

const CUSTOMERS = ['ann', 'bob'] as const;

export interface PlacedOrder {
  readonly number: number;
  readonly customer: string;
  readonly orderId: string;
}

export function placed(chance: Chance, number: number): PlacedOrder {
  const customer = chance.among('customers', CUSTOMERS);
  const headers = { 'idempotency-key': keyOf(number) };
  const caller = { customerId: customer, isStaff: false, isAdmin: false, expiresAtInSeconds: 0 };
  return { number, customer, orderId: newIdFor({ caller, headers, arrival: { id: '', time: '' } }) };
}

export const keyOf = (number: number): string => `order-${number}`;
