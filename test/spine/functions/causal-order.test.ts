// The order in which a story is told: by time, but never an effect before its cause.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { inCausalOrder } from '../../../lambdas/spine/http/queries/causal-order.ts';
import { eventId, type RecordedEvent } from '../../../lambdas/spine/kernel/envelope.ts';

const at = (stream: string, version: number, second: number, causationId = 'request'): RecordedEvent => ({
  ...{ stream, version, causationId, type: 'Happened', schemaVersion: '1.0.0', data: {}, correlationId: 'c' },
  time: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`,
});

const MOST_EVENTS = 30;

const idsOf = (events: readonly RecordedEvent[]): string[] => events.map(eventId);

it('tells events of several streams by their time', () => {
  const events = [at('b-1', 1, 2), at('a-1', 1, 1), at('c-1', 1, 3)];
  expect(idsOf(inCausalOrder(events))).toEqual(['a-1@1', 'b-1@1', 'c-1@1']);
});

it('tells an effect after its cause though its clock was behind', () => {
  const events = [at('effect-1', 1, 1, 'cause-1@1'), at('cause-1', 1, 2)];
  expect(idsOf(inCausalOrder(events))).toEqual(['cause-1@1', 'effect-1@1']);
});

it('tells the events of a stream in their order though their clocks were not', () => {
  const events = [at('a-1', 2, 1), at('a-1', 1, 3), at('a-1', 3, 2)];
  expect(idsOf(inCausalOrder(events))).toEqual(['a-1@1', 'a-1@2', 'a-1@3']);
});

it('tells every event once, each after its cause and its predecessor, however they come', async () => {
  const histories = fc.array(
    fc.record({ stream: fc.constantFrom('a-1', 'b-1', 'c-1'), second: fc.nat(59), cause: fc.nat(100) }),
    { minLength: 1, maxLength: MOST_EVENTS },
  );
  const places = fc.array(fc.nat(), { minLength: MOST_EVENTS, maxLength: MOST_EVENTS });
  const property = fc.property(histories, places, (steps, order) => {
    const events: RecordedEvent[] = [];
    for (const { stream, second, cause } of steps) {
      const version = events.filter((event) => event.stream === stream).length + 1;
      const causedBy = events[cause % (events.length + 1)];
      events.push(at(stream, version, second, causedBy && eventId(causedBy)));
    }
    const placeOf = new Map(events.map((event, index) => [event, order[index] ?? 0]));
    const came = events.toSorted((one, other) => (placeOf.get(one) ?? 0) - (placeOf.get(other) ?? 0));
    const told = idsOf(inCausalOrder(came));
    expect(told.toSorted()).toEqual(idsOf(events).toSorted());
    for (const event of events) {
      const place = told.indexOf(eventId(event));
      const predecessor = told.indexOf(eventId({ ...event, version: event.version - 1 }));
      expect(place).toBeGreaterThan(Math.max(told.indexOf(event.causationId), predecessor));
    }
  });
  await fc.assert(property);
});
