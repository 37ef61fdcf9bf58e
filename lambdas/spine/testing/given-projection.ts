// Given the events of a stream, then its part of a read model.
import type { DomainEvent, StoredEvent } from '../kernel/envelope.ts';
import type { EventCodec } from '../kernel/event-codec.ts';
import { foldCommit, foldOf, type Projection, type Row } from '../kernel/projections/projection.ts';

/**
 * Folds the events as they are stored and read, each in a commit of its own, a second after the one before.
 * @returns the row, whose `part` is what the read model shows of the stream; `undefined` without events
 * @example
 * const row = project(balances, 'account-7', [{ type: 'Deposited', data: { cents: 5 } }]);
 * expect(row?.part).toEqual({ cents: 5 });
 */
export function project<Part>(
  projection: Projection<Part>,
  stream: string,
  events: readonly DomainEvent[],
): Row<Part> | undefined {
  const { encode } = foldOf(projection, stream).codec as EventCodec<DomainEvent>;
  return events.reduce<Row<Part> | undefined>((row, event, index) => {
    const stored: StoredEvent = encode(event);
    const time = new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString();
    const provenance = { time, correlationId: 'correlation', causationId: 'cause' };
    return foldCommit(projection, row, {
      ...provenance,
      ...{ stream, version: index + 1, id: `commit-${index + 1}`, events: [stored] },
    });
  }, undefined);
}
