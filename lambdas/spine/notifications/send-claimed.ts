// Sends a notification that this run has claimed, and records what came of it.
import { EventspineError } from '../kernel/errors.ts';
import { logger } from '../runtime/logger.ts';
import type { Outcome } from './metrics.ts';
import type { Notification } from './notification.ts';
import type { Pace } from './pace.ts';
import type { Delay, Mail, Mailer, MailResult } from './port.ts';
import type { Register } from './register.ts';
import type { Unsettled } from './unsettled.ts';

/**
 * A notification that could not be sent for so long goes to the dead letters, where an operator redrives it. Longer than a daily quota
 * or a weekend needs, as the alarm rings in the first minutes.
 */
export const LONGEST_WAIT_IN_MILLIS = 48 * 60 * 60 * 1_000;

/** Time that a claim and a send may need. A turn that leaves less is not taken. */
const SEND_IN_MILLIS = 2_000;

/** A send that has less time is not begun, as an aborted one may have gone out: a function may be frozen after any of its steps. */
const LEAST_SEND_IN_MILLIS = 1_000;

export interface SendingPorts {
  readonly mailer: Mailer;
  readonly pace: Pace;
  /** All sends have ended by then. */
  readonly endsAt: Date;
  now(): Date;
  /** Aborted after so long. */
  signalAfter(millis: number): AbortSignal;
  count(outcome: Outcome): void;
}

/** The mail service has not taken a notification for too long. */
class MailNotSentError extends EventspineError {
  readonly code = 'mail_not_sent';
}

/** Waits for the turn of one send. @returns false when there is no time for it before `until` */
export const hasTurn = ({ pace, endsAt }: SendingPorts, until: Date = endsAt): Promise<boolean> =>
  pace.turn(new Date(Math.min(until.getTime(), endsAt.getTime()) - SEND_IN_MILLIS));

export interface ClaimedNotification {
  readonly notification: Notification;
  readonly mail: Mail;
  /** The end of the claim. */
  readonly until: Date;
}

/**
 * SES knows no idempotency token: when its answer is lost, or the process dies between the answer and the record, the mail may
 * have gone out and will be sent again. The alternative, to treat a claim without a record as sent, would lose the mail
 * whenever a process dies before it sends.
 * @returns what it waits for; `undefined` when it is sent, or refused for good
 * @throws MailNotSentError when it has waited too long
 */
export async function sendClaimed(
  ports: SendingPorts,
  register: Register,
  { notification, mail, until }: ClaimedNotification,
): Promise<Unsettled | undefined> {
  const { eventId, kind, event } = notification;
  const context = { eventId, kind, correlationId: event.correlationId };
  const result = await sendWithinClaim(ports, mail, until).catch(async (error: unknown) => {
    await giveBack(register, notification, until);
    throw error;
  });
  switch (result.kind) {
    case 'sent':
      await register.record(notification, { type: 'RecordSent', messageId: result.messageId });
      ports.count('sent');
      logger.info('Mailed', { ...context, mailId: result.messageId });
      return undefined;
    case 'refused':
      await register.record(notification, { type: 'RecordRefused', reasonCode: result.code });
      ports.count('refused');
      logger.warn('Not mailed: the mail service refused it for good', { ...context, reasonCode: result.code });
      return undefined;
    case 'delayed':
      await giveBack(register, notification, until);
      ports.count(result.cause === 'operator' ? 'blocked' : 'delayed');
      logger.warn('Not mailed yet: the mail service does not take it now', { ...context, ...result });
      return waitFor(result, event.time, ports.now());
    case 'no-time':
      await giveBack(register, notification, until);
      return result;
    default:
      return result satisfies never;
  }
}

/** A send that was one too many is repeated at its next turn, as long as the claim allows. */
async function sendWithinClaim(
  ports: SendingPorts,
  mail: Mail,
  until: Date,
): Promise<MailResult | { readonly kind: 'no-time' }> {
  for (;;) {
    const timeInMillis = Math.min(until.getTime(), ports.endsAt.getTime()) - ports.now().getTime();
    if (timeInMillis < LEAST_SEND_IN_MILLIS) return { kind: 'no-time' };
    const result = await ports.mailer.send(mail, ports.signalAfter(timeInMillis));
    if (result.kind === 'sent') ports.pace.taken();
    if (result.kind !== 'delayed' || result.cause !== 'rate') return result;
    ports.pace.throttled();
    if (!(await hasTurn(ports, until))) return result;
  }
}

function waitFor({ code, detail }: Delay, since: string, now: Date): Unsettled {
  if (now.getTime() - Date.parse(since) < LONGEST_WAIT_IN_MILLIS) return { kind: 'delayed', code, since };
  throw new MailNotSentError(`The mail service has not taken the mail about an event of ${since}: ${detail}`);
}

async function giveBack(register: Register, notification: Notification, until: Date): Promise<void> {
  try {
    await register.record(notification, { type: 'ReleaseNotification', until: until.toISOString() });
  } catch (error) {
    logger.warn('A claim could not be given back; it runs out by itself', { error, eventId: notification.eventId });
  }
}
