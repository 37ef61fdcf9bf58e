// The register of the notifications about a stream: `notification-<id>`, loaded once and moved on by each entry.
import { EventspineError } from '../kernel/errors.ts';
import { type ExecutionPorts, executeFrom } from '../kernel/execution/execute-command.ts';
import { loadStream } from '../kernel/execution/stream-state.ts';
import { type NotificationCommand, notificationDecider } from './decider.ts';
import type { Notification } from './notification.ts';
import { entryOf, isSettled, wasTried } from './state.ts';

/**
 * How long one run may try to send a notification before another may. Shorter than any stage hides a message that it delivered, so
 * that the next delivery after a crash finds the claim run out.
 */
export const CLAIM_IN_MILLIS = 8_000;

/**
 * How often, and how long apart, a claim that another run holds is looked at again. Sending takes a fraction of a second, so a
 * duplicate that meets it ends here and does not wait out its time in the queue.
 */
const LOOKS_AT_HELD_CLAIM = 3;
const PAUSE_BEFORE_LOOK_IN_MILLIS = 500;

export interface RegisterPorts extends ExecutionPorts {
  newId(): string;
  now(): Date;
}

type Claim =
  /** The notification is this run's to send, until then. */
  | { readonly kind: 'claimed'; readonly until: Date }
  /** Another run is sending it, or died while it did. */
  | { readonly kind: 'held' }
  /** It is sent, or refused for good. */
  | { readonly kind: 'settled' };

type Entry<Command = NotificationCommand> = Command extends unknown ? Omit<Command, 'eventId' | 'kind'> : never;

export interface Register {
  /** It was due and somebody tried to send it, or one before it, whatever came of that. */
  knows(notification: Notification): boolean;
  /** It is sent, or refused for good. */
  isSettled(notification: Notification): boolean;
  claim(notification: Notification): Promise<Claim>;
  /** Has the register know notifications that are due and wait for another one. */
  note(notifications: readonly Notification[]): Promise<void>;
  /** @throws NotRecordedError */
  record(notification: Notification, entry: Exclude<Entry, { type: 'ClaimNotification' }>): Promise<void>;
}

/** The register could not take an entry because others kept writing to it. */
class NotRecordedError extends EventspineError {
  readonly code = 'not_recorded';
}

/** @param stream the register's: its category is the declaration's, its id that of the stream that the notifications are about */
export async function openRegister(ports: RegisterPorts, stream: string): Promise<Register> {
  let current = await loadStream(ports.store, notificationDecider, stream);

  const enter = async (
    { eventId, kind, event }: Notification,
    entry: Entry,
    now: Date,
  ): Promise<'entered' | 'declined'> => {
    const request = {
      stream,
      command: { ...entry, eventId, kind },
      id: ports.newId(),
      provenance: { time: now.toISOString(), correlationId: event.correlationId, causationId: eventId },
    };
    const { outcome, current: next } = await executeFrom(ports, notificationDecider, request, current);
    current = next;
    if (outcome.kind === 'done') return 'entered';
    if (outcome.kind === 'rejected') return 'declined';
    throw new NotRecordedError(`${stream} could not take ${entry.type}: ${outcome.kind}`);
  };

  const claimOnce = async (notification: Notification, durationInMillis = CLAIM_IN_MILLIS): Promise<Claim> => {
    const now = ports.now();
    const until = new Date(now.getTime() + durationInMillis);
    const entry = { type: 'ClaimNotification', now: now.toISOString(), until: until.toISOString() } as const;
    if ((await enter(notification, entry, now)) === 'entered') return { kind: 'claimed', until };
    return { kind: isSettled(entryOf(current.state, notification.eventId)) ? 'settled' : 'held' };
  };

  return {
    knows: ({ eventId }) => wasTried(current.state, eventId),
    isSettled: ({ eventId }) => isSettled(entryOf(current.state, eventId)),
    async claim(notification) {
      let claim = await claimOnce(notification);
      for (let look = 1; claim.kind === 'held' && look <= LOOKS_AT_HELD_CLAIM; look += 1) {
        await ports.wait(PAUSE_BEFORE_LOOK_IN_MILLIS);
        current = await loadStream(ports.store, notificationDecider, stream);
        claim = await claimOnce(notification);
      }
      return claim;
    },
    async note(notifications) {
      for (const notification of notifications) {
        // A claim that ends as it begins keeps no other run from sending.
        if (!wasTried(current.state, notification.eventId)) await claimOnce(notification, 0);
      }
    },
    async record(notification, entry) {
      await enter(notification, entry, ports.now());
    },
  };
}
