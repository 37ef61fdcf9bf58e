// Events as CloudEvents 1.0 JSON, with the extensions sequence, correlationid and causationid. Without personal data and secrets.
import { eventId, type RecordedEvent } from '../../kernel/envelope.ts';
import type { Redacted } from '../../kernel/event-codec.ts';

/** So that sequences sort as text (https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/sequence.md). */
const SEQUENCE_DIGITS = 10;

export const toCloudEvent = (event: Redacted<RecordedEvent>) => ({
  specversion: '1.0',
  id: eventId(event),
  source: '/eventspine',
  type: `eventspine.${event.type}.v${event.schemaVersion.split('.', 1)[0]}`,
  subject: event.stream,
  time: event.time,
  datacontenttype: 'application/json',
  sequence: String(event.version).padStart(SEQUENCE_DIGITS, '0'),
  correlationid: event.correlationId,
  causationid: event.causationId,
  data: event.data,
});
