// Who calls, and with what they prove themselves.
import type { Token } from '../http.ts';

export const staff: Token = { customerId: 'staff', isStaff: true };
export const as = (token: Token, key?: string) => ({
  authorization: JSON.stringify(token),
  ...(key !== undefined && { 'idempotency-key': key }),
});

export const asCustomer = (customerId: string, key?: string) => as({ customerId, isStaff: false }, key);
