// What became of each notification about a stream; one register a stream, `notification-<id>`. The recipient is not in here: it
// stays in the stream that the notification is about. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../kernel/event-codec.ts';

/** `eventId` names the event that the notification tells of: `loan-01J…@2`. `kind` is its trigger's. */
const about = { eventId: z.string(), kind: z.string() };

const definitions = {
  /** One run has the right to send, until then and no longer. ISO 8601, UTC, milliseconds. */
  EmailClaimed: { schemaVersion: '1.0.0', data: z.strictObject({ ...about, until: z.string() }) },
  /** The mail service did not take it then; the next run may send it. */
  EmailReleased: { schemaVersion: '1.0.0', data: z.strictObject(about) },
  /** `messageId` is the mail service's own. */
  EmailSent: { schemaVersion: '1.0.0', data: z.strictObject({ ...about, messageId: z.string() }) },
  /** The mail service refused it for good. */
  EmailRefused: { schemaVersion: '1.0.0', data: z.strictObject({ ...about, reasonCode: z.string() }) },
} as const;

export const notificationEvents = eventCodec(definitions);
export type NotificationEvent = EventOf<typeof definitions>;
