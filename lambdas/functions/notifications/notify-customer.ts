// Tells an order's customer what happened to it: one e-mail after the other, in the order of the events.
import { letterFor } from '../../domain/notification/letters.ts';
import { addressIn, mayBeMailed, type Occasion, occasionsIn } from '../../domain/notification/occasions.ts';
import type { Mail, Mailer } from '../../domain/notification/port.ts';
import { renderMail } from '../../domain/notification/render.ts';
import { orderEvents } from '../../domain/order/events.ts';
import type { Hint } from '../../kernel/bundle.ts';
import { idOf } from '../../kernel/envelope.ts';
import { logger } from '../../runtime/logger.ts';
import { openRegister, type Register, type RegisterPorts } from './register.ts';

/**
 * An event that is older when it is delivered is not mailed. So a replay of the log, a rebuild or a late redrive of dead letters
 * writes to nobody about last year's order; what is younger and was mailed is in the order's register.
 */
export const OLDEST_MAILED_IN_MILLIS = 24 * 60 * 60 * 1_000;

export interface NotificationPorts extends RegisterPorts {
  readonly mailer: Mailer;
}

/**
 * Sends whatever is due up to the newest of the hints, so that the next hint makes up for one that was lost or is late.
 * @param stream the order's
 * @returns `held` when another run is sending an e-mail that is due: the rest has to wait for its end
 * @throws Error when an e-mail could not be sent or recorded; the next delivery goes on from there
 */
export async function notifyCustomer(
  ports: NotificationPorts,
  stream: string,
  hints: readonly Hint[],
): Promise<'settled' | 'held'> {
  if (!hints.some(mayMatter)) return 'settled';
  const history = await historyUpTo(ports, stream, Math.max(...hints.map(({ version }) => version)));
  const oldest = new Date(ports.now().getTime() - OLDEST_MAILED_IN_MILLIS).toISOString();
  const occasions = occasionsIn(history);
  const due = occasions.filter(({ event }) => event.time >= oldest);
  if (due.length === 0) {
    if (occasions.length > 0) logger.info('Not mailed: the events are too old', { stream, oldest });
    return 'settled';
  }
  const address = addressIn(history);
  if (address === undefined) {
    logger.info('Not mailed: the order has no e-mail address', { stream });
    return 'settled';
  }
  const register = await openRegister(ports, idOf(stream));
  for (const occasion of due) {
    const mail = renderMail(letterFor(occasion), address);
    const claim = await register.claim(occasion);
    if (claim.kind === 'held') return 'held';
    if (claim.kind === 'claimed') await send(ports, register, occasion, mail, claim.until);
  }
  return 'settled';
}

const mayMatter = ({ events }: Hint): boolean => events.length === 0 || events.some(({ type }) => mayBeMailed(type));

async function historyUpTo({ store }: NotificationPorts, stream: string, newest: number) {
  const commits = await Array.fromAsync(store.readForward(stream, 0));
  return commits.filter(({ version }) => version <= newest).flatMap((commit) => orderEvents.decode(commit));
}

/**
 * Sends an e-mail that this run has claimed, and records what came of it. SES knows no idempotency token: when its answer is
 * lost, or the process dies between the answer and the record, the e-mail may have gone out and will be sent again. The
 * alternative, to take a claim without a record for sent, would lose the e-mail whenever a process dies before it sends.
 */
async function send(ports: NotificationPorts, register: Register, occasion: Occasion, mail: Mail, until: Date) {
  const { eventId, kind, event } = occasion;
  const context = { eventId, kind, correlationId: event.correlationId };
  const signal = AbortSignal.timeout(Math.max(0, until.getTime() - ports.now().getTime()));
  const result = await ports.mailer.send(mail, signal).catch(async (error: unknown) => {
    await giveBack(register, occasion, until);
    throw error;
  });
  if (result.kind === 'sent') {
    await register.record(occasion, { type: 'RecordSent', messageId: result.messageId });
    logger.info('Mailed', { ...context, mailId: result.messageId });
  } else {
    await register.record(occasion, { type: 'RecordRefused', reasonCode: result.code });
    logger.warn('Not mailed: the mail service refused it for good', { ...context, reasonCode: result.code });
  }
}

async function giveBack(register: Register, occasion: Occasion, until: Date): Promise<void> {
  try {
    await register.record(occasion, { type: 'ReleaseEmail', until: until.toISOString() });
  } catch (error) {
    logger.warn('A claim could not be given back; it runs out by itself', { error, eventId: occasion.eventId });
  }
}
