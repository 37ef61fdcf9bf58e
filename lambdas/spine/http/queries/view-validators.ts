import { eventId } from '../../kernel/envelope.ts';
import { digest } from '../../kernel/keys/idempotency.ts';
import type { View } from '../../kernel/projections/view.ts';
import { etagOf, type Validators, versionValidators } from '../response.ts';

/** The version where the view shows one stream; a digest of all streams' versions and generations where it shows several. */
export function viewValidators({ rows }: View<unknown>): Validators {
  const [only, ...others] = rows;
  if (only && others.length === 0) return versionValidators(only);
  return { etag: etagOf(digest(rows.map((row) => `${eventId(row)}.${row.generation}`).join())) };
}
