// Tells an order's customer what happened to it: one e-mail after the other, in the order of the events.

import { idOf } from '../../spine/kernel/envelope.ts';
import type { Hint } from '../../spine/kernel/pipeline/bundle.ts';
import { logger } from '../../spine/runtime/logger.ts';
import { orderEvents } from '../orders/events.ts';
import { letterFor } from './letters.ts';
import { addressIn, mayBeMailed, type Occasion, occasionsIn } from './occasions.ts';
import { openRegister, type Register, type RegisterPorts } from './register.ts';
import { renderMail } from './render.ts';
import { hasTurn, type SendingPorts, sendClaimed } from './send-claimed.ts';
import type { Unsettled } from './unsettled.ts';

const HOUR_IN_MILLIS = 60 * 60 * 1_000;

/**
 * An event that is older when it is delivered is not mailed, unless the register knows that it was tried. So a replay of the log,
 * a rebuild or a late redrive of dead letters writes to nobody about last year's order.
 */
export const OLDEST_MAILED_IN_MILLIS = 24 * HOUR_IN_MILLIS;

/**
 * Until then an e-mail is due that was tried in time and could not be sent: so long do dead letters stay for an operator to
 * redrive (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html).
 */
export const OLDEST_RETRIED_IN_MILLIS = 14 * 24 * HOUR_IN_MILLIS;

export interface NotificationPorts extends RegisterPorts, Omit<SendingPorts, 'count' | 'endsAt'> {}

/**
 * Sends whatever is due up to the newest of the hints, so that the next hint makes up for one that was lost or is late.
 * @param stream the order's
 * @throws Error when an e-mail could not be recorded, or waited too long; the next delivery goes on from there
 */
export async function notifyCustomer(
  ports: NotificationPorts & SendingPorts,
  stream: string,
  hints: readonly Hint[],
): Promise<{ readonly kind: 'settled' } | Unsettled> {
  if (!hints.some(mayMatter)) return { kind: 'settled' };
  const history = await historyUpTo(ports, stream, Math.max(...hints.map(({ version }) => version)));
  const occasions = occasionsIn(history).filter(youngerThan(OLDEST_RETRIED_IN_MILLIS, ports.now()));
  const address = addressIn(history);
  if (occasions.length === 0) return { kind: 'settled' };
  if (address === undefined) {
    logger.info('Not mailed: the order has no e-mail address', { stream });
    return { kind: 'settled' };
  }
  const register = await openRegister(ports, idOf(stream));
  const due = dueAmong(ports, occasions, register);
  for (const [index, occasion] of due.entries()) {
    const noteTheNext = () => register.note(due.slice(index + 1));
    const unsettled = await settle(ports, register, occasion, address).catch(async (error: unknown) => {
      await noteTheNext();
      throw error;
    });
    if (unsettled?.kind === 'delayed') await noteTheNext();
    if (unsettled) return unsettled;
  }
  return { kind: 'settled' };
}

const mayMatter = ({ events }: Hint): boolean => events.length === 0 || events.some(({ type }) => mayBeMailed(type));

const youngerThan =
  (ageInMillis: number, now: Date) =>
  ({ event }: Occasion): boolean =>
    event.time >= new Date(now.getTime() - ageInMillis).toISOString();

function dueAmong(
  { now, count }: SendingPorts,
  occasions: readonly Occasion[],
  register: Register,
): readonly Occasion[] {
  const isYoung = youngerThan(OLDEST_MAILED_IN_MILLIS, now());
  const due = occasions.filter((occasion) => isYoung(occasion) || register.knows(occasion));
  for (const { eventId, kind } of occasions.filter((occasion) => !due.includes(occasion))) {
    count('expired');
    logger.warn('Not mailed: the event is too old', { eventId, kind });
  }
  return due;
}

async function historyUpTo({ store }: NotificationPorts, stream: string, newest: number) {
  const commits = await Array.fromAsync(store.readForward(stream, 0));
  return commits.filter(({ version }) => version <= newest).flatMap((commit) => orderEvents.decode(commit));
}

async function settle(
  ports: SendingPorts,
  register: Register,
  occasion: Occasion,
  address: string,
): Promise<Unsettled | undefined> {
  if (register.isSettled(occasion)) return undefined;
  if (!(await hasTurn(ports))) return { kind: 'no-time' };
  const mail = renderMail(letterFor(occasion), address);
  const claim = await register.claim(occasion);
  if (claim.kind === 'held') return claim;
  return claim.kind === 'claimed' ? sendClaimed(ports, register, { occasion, mail, until: claim.until }) : undefined;
}
