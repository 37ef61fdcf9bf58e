// Each notification that was due has gone out once; more often only where nobody could know that it had.
import { categoryOf, idOf, type RecordedEvent, streamOf } from '../../../kernel/envelope.ts';
import { notificationEvents } from '../../../notifications/events.ts';
import type { Notifications } from '../../../notifications/notification.ts';
import { CLAIM_IN_MILLIS } from '../../../notifications/register.ts';
import type { TakenMail } from '../services/mail-service.ts';
import type { System } from '../system.ts';
import { SLOWEST_IN_MILLIS } from '../world/world.ts';

export function mailsAtRest(system: System, notifications: Readonly<Record<string, Notifications>>): readonly string[] {
  return Object.values(notifications).flatMap((declaration) => {
    const streams = new Set(system.events.commits.map(({ stream }) => stream));
    return [...streams]
      .filter((stream) => categoryOf(stream) === declaration.category)
      .flatMap((stream) => ofStream(system, declaration, stream));
  });
}

function ofStream(system: System, declaration: Notifications, stream: string): readonly string[] {
  const { events, mails } = system;
  const history = events.store.commits(stream).flatMap((commit) => declaration.codec.decode(commit)) as RecordedEvent[];
  const { to, notifications } = declaration.in(history);
  const recorded = recordsIn(system, streamOf(declaration.register, idOf(stream)));
  if (to === undefined || to.startsWith('refused')) return [];
  return notifications.flatMap(({ eventId, kind }) => {
    const taken = mails.taken.filter((mail) => mail.eventId === eventId);
    if (taken.length === 0) return [`Nobody was told of ${eventId}: ${kind}`];
    const unknown = taken.filter((mail) => isWindow(system, mail, recorded)).length;
    return taken.length > 1 + unknown
      ? [`${kind} about ${eventId} went out ${taken.length} times, and ${unknown} times nobody could know`]
      : [];
  });
}

/** When each mail was recorded as sent: milliseconds since 1970, by the mail service's id. */
const recordsIn = ({ events }: System, register: string): ReadonlyMap<string, number> =>
  new Map(
    events.store
      .commits(register)
      .flatMap((commit) =>
        notificationEvents
          .decode(commit)
          .flatMap(({ type, data, time }) =>
            type === 'EmailSent' ? [[data.messageId, Date.parse(time)] as const] : [],
          ),
      ),
  );

/** Its sender died or learned nothing before it could record the mail, or could only when its claim had run out. */
function isWindow(
  { world }: System,
  { messageId, instance, at }: TakenMail,
  recorded: ReadonlyMap<string, number>,
): boolean {
  const recordedAt = recorded.get(messageId);
  const isInTime = recordedAt !== undefined && recordedAt < at + CLAIM_IN_MILLIS;
  return !isInTime && world.wasHarmed(instance, at - SLOWEST_IN_MILLIS, SLOWEST_IN_MILLIS + CLAIM_IN_MILLIS);
}
