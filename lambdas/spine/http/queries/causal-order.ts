import { eventId, type RecordedEvent } from '../../kernel/envelope.ts';

/** The events by time, but each after its cause and after its predecessor in its stream: clocks of several functions differ. */
export function inCausalOrder<Event extends RecordedEvent>(events: readonly Event[]): Event[] {
  const byId = new Map(events.map((event) => [eventId(event), event]));
  const ordered = new Set<Event>();
  const entered = new Set<Event>();
  const enter = (event: Event | undefined): void => {
    if (!event || entered.has(event)) return;
    entered.add(event);
    enter(byId.get(event.causationId));
    enter(byId.get(eventId({ stream: event.stream, version: event.version - 1 })));
    ordered.add(event);
  };
  for (const event of events.toSorted(byTime)) enter(event);
  return [...ordered];
}

const byTime = (left: RecordedEvent, right: RecordedEvent): number =>
  left.time < right.time ? -1 : Number(left.time > right.time);
