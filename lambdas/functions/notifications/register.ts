// The register of an order's e-mails: its stream `notification-<orderId>`, loaded once and moved on by each entry.
import { type NotificationCommand, notificationDecider } from '../../domain/notification/decider.ts';
import type { Occasion } from '../../domain/notification/occasions.ts';
import { emailAbout, isSettled } from '../../domain/notification/state.ts';
import { EventspineError } from '../../kernel/errors.ts';
import { type ExecutionPorts, executeFrom } from '../../kernel/execute-command.ts';
import { loadStream } from '../../kernel/stream-state.ts';

/**
 * How long one run may try to send an e-mail before another may. Shorter than any stage hides a message that it delivered, so
 * that the next delivery after a crash finds the claim run out.
 */
export const CLAIM_IN_MILLIS = 8_000;

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
  claim(occasion: Occasion): Promise<Claim>;
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

  return {
    async claim(occasion) {
      const now = ports.now();
      const until = new Date(now.getTime() + CLAIM_IN_MILLIS);
      const entry = { type: 'ClaimEmail', now: now.toISOString(), until: until.toISOString() } as const;
      if ((await enter(occasion, entry, now)) === 'entered') return { kind: 'claimed', until };
      return { kind: isSettled(emailAbout(current.state, occasion.eventId)) ? 'settled' : 'held' };
    },
    async record(occasion, entry) {
      await enter(occasion, entry, ports.now());
    },
  };
}
