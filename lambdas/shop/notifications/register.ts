// The register of an order's e-mails: its stream `notification-<orderId>`, loaded once and moved on by each entry.

import { EventspineError } from '../../spine/kernel/errors.ts';
import { type ExecutionPorts, executeFrom } from '../../spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../spine/kernel/execution/stream-state.ts';
import { type NotificationCommand, notificationDecider } from './decider.ts';
import type { Occasion } from './occasions.ts';
import { emailAbout, isSettled, wasTried } from './state.ts';

/**
 * How long one run may try to send an e-mail before another may. Shorter than any stage hides a message that it delivered, so
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
  /** The e-mail is this run's to send, until then. */
  | { readonly kind: 'claimed'; readonly until: Date }
  /** Another run is sending it, or died while it did. */
  | { readonly kind: 'held' }
  /** It is sent, or refused for good. */
  | { readonly kind: 'settled' };

type Entry<Command = NotificationCommand> = Command extends unknown ? Omit<Command, 'eventId' | 'kind'> : never;

export interface Register {
  /** It was due and somebody tried to send it, or one before it, whatever came of that. */
  knows(occasion: Occasion): boolean;
  /** It is sent, or refused for good. */
  isSettled(occasion: Occasion): boolean;
  claim(occasion: Occasion): Promise<Claim>;
  /** Has the register know e-mails that are due and wait for another one. */
  note(occasions: readonly Occasion[]): Promise<void>;
  /** @throws NotRecordedError */
  record(occasion: Occasion, entry: Exclude<Entry, { type: 'ClaimEmail' }>): Promise<void>;
}

/** The register could not take an entry because others kept writing to it. */
class NotRecordedError extends EventspineError {
  readonly code = 'not_recorded';
}

export async function openRegister(ports: RegisterPorts, orderId: string): Promise<Register> {
  const stream = `${notificationDecider.category}-${orderId}`;
  let current = await loadStream(ports.store, notificationDecider, stream);

  const enter = async (
    { eventId, kind, event }: Occasion,
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

  const claimOnce = async (occasion: Occasion, durationInMillis = CLAIM_IN_MILLIS): Promise<Claim> => {
    const now = ports.now();
    const until = new Date(now.getTime() + durationInMillis);
    const entry = { type: 'ClaimEmail', now: now.toISOString(), until: until.toISOString() } as const;
    if ((await enter(occasion, entry, now)) === 'entered') return { kind: 'claimed', until };
    return { kind: isSettled(emailAbout(current.state, occasion.eventId)) ? 'settled' : 'held' };
  };

  return {
    knows: ({ eventId }) => wasTried(current.state, eventId),
    isSettled: ({ eventId }) => isSettled(emailAbout(current.state, eventId)),
    async claim(occasion) {
      let claim = await claimOnce(occasion);
      for (let look = 1; claim.kind === 'held' && look <= LOOKS_AT_HELD_CLAIM; look += 1) {
        await ports.wait(PAUSE_BEFORE_LOOK_IN_MILLIS);
        current = await loadStream(ports.store, notificationDecider, stream);
        claim = await claimOnce(occasion);
      }
      return claim;
    },
    async note(occasions) {
      for (const occasion of occasions) {
        // A claim that ends as it begins keeps nobody from sending.
        if (!wasTried(current.state, occasion.eventId)) await claimOnce(occasion, 0);
      }
    },
    async record(occasion, entry) {
      await enter(occasion, entry, ports.now());
    },
  };
}
