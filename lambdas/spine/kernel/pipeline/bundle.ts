// What travels from the event table to the subscribers: hints of commits. A hint is the commit without what only the event
// table needs; one too large to travel goes without its events, and the subscriber reads them from the event table.
import type { Commit } from '../envelope.ts';

export type Hint = Omit<Commit, 'idempotency' | 'riders' | 'snapshot'>;

export interface BundleLimits {
  /** Most bytes of one bundle on the wire. */
  readonly bytes: number;
  /** Most hints of one bundle. */
  readonly hints: number;
}

export const hintOf = ({ idempotency: _, riders: __, snapshot: ___, ...hint }: Commit): Hint => hint;

/** The hint without its events: whoever hears it reads them from the event table. */
export const bareHint = (hint: Hint): Hint => ({ ...hint, events: [] });

/** The hint for a subscriber that does not ask for what identifies a person. */
export const withoutPersonal = (hint: Hint): Hint => ({
  ...hint,
  events: hint.events.map(({ personal: _, ...event }) => event),
});

/** Groups what is encoded, in order, into as few bundles as the limits allow. */
export function bundles<Item extends { readonly bytes: number }>(
  items: readonly Item[],
  limits: BundleLimits,
): readonly (readonly Item[])[] {
  const result: Item[][] = [];
  let open: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    if (open.length > 0 && (bytes + item.bytes > limits.bytes || open.length >= limits.hints)) {
      result.push(open);
      open = [];
      bytes = 0;
    }
    open.push(item);
    bytes += item.bytes;
  }
  return open.length > 0 ? [...result, open] : result;
}
