// A declaration as the machinery sees it: the notifications in a stream's history.
import type { DomainEvent, RecordedEvent } from '../kernel/envelope.ts';
import type { EventCodec } from '../kernel/event-codec.ts';
import type { Mail } from './port.ts';

/** Whom notifications go to. */
export interface Addressed {
  /**
   * An address that is known to be the recipient's own; it lives in the `personal` field of an event.
   * `undefined` if none was given, or none was verified, or the personal data is gone: then nothing is sent.
   */
  readonly to: string | undefined;
}

/** An event that somebody is told of. */
export interface Notification {
  readonly eventId: string;
  readonly kind: string;
  readonly event: RecordedEvent;
  mail(to: string): Mail;
}

export interface Notifications<Event extends DomainEvent = DomainEvent> {
  readonly category: string;
  readonly register: string;
  readonly codec: Pick<EventCodec<Event>, 'decode'>;
  /** Whether events of the type are told. True as well for an unknown type, so that its event is read and refused, not passed over. */
  mayTell(eventType: string): boolean;
  /** @param history a stream's events from the first one on */
  in(history: readonly RecordedEvent<Event>[]): Addressed & { readonly notifications: readonly Notification[] };
}
