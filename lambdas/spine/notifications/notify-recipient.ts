// Tells a stream's recipient what happened in it: one notification after the other, in the order of the events.
import { idOf, type RecordedEvent, streamOf } from '../kernel/envelope.ts';
import type { Hint } from '../kernel/pipeline/bundle.ts';
import { logger } from '../runtime/logger.ts';
import type { Notification, Notifications } from './notification.ts';
import { openRegister, type Register, type RegisterPorts } from './register.ts';
import { hasTurn, type SendingPorts, sendClaimed } from './send-claimed.ts';
import type { Unsettled } from './unsettled.ts';

const HOUR_IN_MILLIS = 60 * 60 * 1_000;

/**
 * An event older than this on delivery is not mailed, unless the register says that it was tried in time. So a replay of the log,
 * a rebuild or a late redrive of dead letters writes to nobody about what happened last year.
 */
export const OLDEST_MAILED_IN_MILLIS = 24 * HOUR_IN_MILLIS;

/**
 * How long a notification stays due that was tried in time and could not be sent: as long as dead letters wait for an
 * operator's redrive (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html).
 */
export const OLDEST_RETRIED_IN_MILLIS = 14 * 24 * HOUR_IN_MILLIS;

export interface NotificationPorts extends RegisterPorts, Omit<SendingPorts, 'count' | 'endsAt'> {}

/**
 * Sends whatever is due up to the newest of the hints, so that the next hint makes up for one that was lost or is late.
 * @throws Error when a notification could not be recorded, or waited too long; the next delivery goes on from there
 */
export async function notifyRecipient(
  declaration: Notifications,
  ports: NotificationPorts & SendingPorts,
  stream: string,
  hints: readonly Hint[],
): Promise<{ readonly kind: 'settled' } | Unsettled> {
  const mayMatter = ({ events }: Hint) => events.length === 0 || events.some(({ type }) => declaration.mayTell(type));
  if (!hints.some(mayMatter)) return { kind: 'settled' };
  const newest = Math.max(...hints.map(({ version }) => version));
  const { to, notifications } = declaration.in(await historyUpTo(newest, stream, declaration, ports));
  const known = notifications.filter(youngerThan(OLDEST_RETRIED_IN_MILLIS, ports.now()));
  if (known.length === 0) return { kind: 'settled' };
  if (to === undefined) {
    logger.info('Not mailed: there is no address', { stream });
    return { kind: 'settled' };
  }
  const register = await openRegister(ports, streamOf(declaration.register, idOf(stream)));
  const due = dueAmong(ports, known, register);
  for (const [index, notification] of due.entries()) {
    const noteTheNext = () => register.note(due.slice(index + 1));
    const unsettled = await settle(ports, register, notification, to).catch(async (error: unknown) => {
      await noteTheNext();
      throw error;
    });
    if (unsettled?.kind === 'delayed') await noteTheNext();
    if (unsettled) return unsettled;
  }
  return { kind: 'settled' };
}

const youngerThan =
  (ageInMillis: number, now: Date) =>
  ({ event }: Notification): boolean =>
    event.time >= new Date(now.getTime() - ageInMillis).toISOString();

function dueAmong(
  { now, count }: SendingPorts,
  notifications: readonly Notification[],
  register: Register,
): readonly Notification[] {
  const isYoung = youngerThan(OLDEST_MAILED_IN_MILLIS, now());
  const due = notifications.filter((each) => isYoung(each) || register.knows(each));
  for (const { eventId, kind } of notifications.filter((each) => !due.includes(each))) {
    count('expired');
    logger.warn('Not mailed: the event is too old', { eventId, kind });
  }
  return due;
}

async function historyUpTo(
  newest: number,
  stream: string,
  { codec }: Notifications,
  { store }: NotificationPorts,
): Promise<RecordedEvent[]> {
  const commits = await Array.fromAsync(store.readForward(stream, 0));
  return commits.filter(({ version }) => version <= newest).flatMap((commit) => codec.decode(commit));
}

async function settle(
  ports: SendingPorts,
  register: Register,
  notification: Notification,
  to: string,
): Promise<Unsettled | undefined> {
  if (register.isSettled(notification)) return undefined;
  if (!(await hasTurn(ports))) return { kind: 'no-time' };
  const mail = notification.mail(to);
  const claim = await register.claim(notification);
  if (claim.kind === 'held') return claim;
  return claim.kind === 'claimed'
    ? sendClaimed(ports, register, { notification, mail, until: claim.until })
    : undefined;
}
