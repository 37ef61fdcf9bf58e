// What the runs hand on, held by one run at a time.
import type { AuditStore, Control } from '../../kernel/audit/state.ts';
import { EventspineError } from '../../kernel/errors.ts';

/** Another run has begun, and goes on from what this one noted last. */
class OvertakenError extends EventspineError {
  readonly code = 'audit_overtaken';
}

export interface HeldControl {
  current(): Control;
  /** @throws OvertakenError when another run holds it */
  change(by: (control: Control) => Control): Promise<void>;
}

interface Holder {
  readonly owner: string;
  readonly now: Date;
  /** After so long it is another's: longer than a run can take. */
  readonly forMillis: number;
}

/** @returns `undefined` while another run holds it */
export async function holdControl(store: AuditStore, holder: Holder): Promise<HeldControl | undefined> {
  const standing = (await store.control()) ?? { revision: 0 };
  if (isHeld(standing, holder)) return undefined;
  const { owner, now, forMillis } = holder;
  const lock = { owner, until: new Date(now.getTime() + forMillis).toISOString() };
  let current: Control = { ...standing, revision: standing.revision + 1, lock };
  if ((await store.saveControl(current)) === 'conflict') return undefined;
  return {
    current: () => current,
    async change(by) {
      const next = { ...by(current), revision: current.revision + 1 };
      if ((await store.saveControl(next)) === 'conflict') {
        throw new OvertakenError(`Revision ${next.revision} of the audit is another run's`);
      }
      current = next;
    },
  };
}

/** A lock that ends later than any could was taken before the clock was set back. */
function isHeld({ lock }: Control, { now, forMillis }: Holder): boolean {
  if (lock === undefined) return false;
  const leftInMillis = Date.parse(lock.until) - now.getTime();
  return leftInMillis > 0 && leftInMillis <= forMillis;
}
