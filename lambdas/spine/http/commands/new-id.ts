// Ids of what commands create. With an idempotency key the id follows from the caller and the key, so that a repeated request meets
// its own stream without a look-up; such an id is a ULID whose time part is zero. See docs/adr/0005.
import { createHash } from 'node:crypto';
import type { CallerRequest } from '../endpoint.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 16;

/** @example const loanId = newIdFor(request); */
export function newIdFor({ caller, headers, arrival }: Pick<CallerRequest, 'caller' | 'headers' | 'arrival'>): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return arrival.id;
  const hash = createHash('sha256')
    .update(JSON.stringify([caller.customerId, key]))
    .digest();
  const random = Array.from({ length: RANDOM_CHARACTERS }, (_, index) => CROCKFORD[(hash[index] ?? 0) & 31]);
  return '0'.repeat(10) + random.join('');
}
