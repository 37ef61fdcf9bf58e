// When which audit is due. The schedule calls once a minute; what cannot wait for it, or does not end with it, is planned here.
import type { Control } from '../../kernel/audit/state.ts';
import type { AskedAudit } from './messages.ts';
import { GRACE_IN_MILLIS } from './recent.ts';

const DAY_IN_MILLIS = 24 * 60 * 60_000;

/** The units of a minute are there again. */
const PAUSE_OF_FULL_IN_MILLIS = 60_000;

/** A full audit a day, counted from the beginning of the last one. */
export function isFullDue({ wholeSince }: Control, now: Date): boolean {
  if (wholeSince === undefined) return true;
  const agoInMillis = now.getTime() - Date.parse(wholeSince);
  return agoInMillis >= DAY_IN_MILLIS || agoInMillis < -DAY_IN_MILLIS;
}

/** With an audit that was asked for: one of everything begins at the first stream, and takes the place of one that is under way. */
export function withAsked(control: Control, { auditId, scope, startedAt }: AskedAudit): Control {
  const asked = { auditId, startedAt };
  if (scope === 'full') return control.full?.auditId === auditId ? control : { ...control, full: asked };
  const recent = (control.recent ?? []).filter((each) => each.auditId !== auditId);
  return { ...control, recent: [...recent, asked] };
}

/**
 * The run that goes on with what is not over; none where one is planned already, or nothing is left.
 * An audit of what is recent is over when everything written before it began is older than the grace time.
 */
export function nextRun(
  { full, recent = [], plannedFor }: Control,
  now: Date,
): { readonly at: string; readonly inSeconds: number } | undefined {
  const dueAt = [
    ...recent.map(({ startedAt }) => Math.max(Date.parse(startedAt) + GRACE_IN_MILLIS, now.getTime()) + 1_000),
    ...(full ? [now.getTime() + PAUSE_OF_FULL_IN_MILLIS] : []),
  ].sort((left, right) => left - right)[0];
  if (dueAt === undefined) return undefined;
  const planned = plannedFor === undefined ? Number.NEGATIVE_INFINITY : Date.parse(plannedFor);
  if (planned > now.getTime() && planned <= dueAt) return undefined;
  const inSeconds = Math.min(Math.ceil((dueAt - now.getTime()) / 1_000), 900);
  return { at: new Date(dueAt).toISOString(), inSeconds };
}
