// What became of each e-mail about an order; one stream an order, `notification-<orderId>`. The address is not in here: it
// stays in the order's own stream. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../spine/kernel/event-codec.ts';

const emailKind = z.enum(['order-confirmed', 'order-rejected', 'order-shipped', 'order-cancelled']);
export type EmailKind = z.infer<typeof emailKind>;

/** `eventId` names the order's event that the e-mail tells of: `order-01J…@2`. */
const about = { eventId: z.string(), kind: emailKind };

const definitions = {
  /** One run has the right to send, until then and no longer. ISO 8601, UTC, milliseconds. */
  EmailClaimed: { schemaVersion: '1.0.0', data: z.strictObject({ ...about, until: z.string() }) },
  /** The mail service did not take it then; who comes next may send it. */
  EmailReleased: { schemaVersion: '1.0.0', data: z.strictObject(about) },
  /** `messageId` is the mail service's own. */
  EmailSent: { schemaVersion: '1.0.0', data: z.strictObject({ ...about, messageId: z.string() }) },
  /** The mail service refused it for good. */
  EmailRefused: { schemaVersion: '1.0.0', data: z.strictObject({ ...about, reasonCode: z.string() }) },
} as const;

export const notificationEvents = eventCodec(definitions);
export type NotificationEvent = EventOf<typeof definitions>;
