import { eventId } from '../../kernel/envelope.ts';
import { digest } from '../../kernel/keys/idempotency.ts';
import type { View } from '../../kernel/projections/view.ts';
import { etagOf, versionEtag } from '../response.ts';

/** The version where the view shows one stream; a digest of all streams' versions where it shows several. */
export function viewEtag({ rows }: View<unknown>): string {
  const [only, ...others] = rows;
  if (only && others.length === 0) return versionEtag(only);
  return etagOf(digest(rows.map((row) => `${eventId(row)}.${row.generation}`).join()));
}
