import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Commit, StoredEvent } from '../../../lambdas/spine/kernel/envelope.ts';
import { NewerEventError, UnreadableEventError } from '../../../lambdas/spine/kernel/errors.ts';
import { eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';

const codec = eventCodec({
  PriceSet: {
    schemaVersion: '2.0.0',
    data: z.strictObject({ unitPrice: z.int(), currency: z.string() }),
    personal: z.strictObject({ email: z.string() }),
    upcasters: {
      '1.0.0': { to: '1.1.0', up: (data) => ({ price: 0, ...(data as object) }) },
      '1.1.0': { to: '2.0.0', up: (data) => ({ unitPrice: (data as { price: number }).price, currency: 'EUR' }) },
    },
  },
});

const priced = { unitPrice: 1, currency: 'EUR' };

const commitOf = (...events: StoredEvent[]): Commit => ({
  stream: 'price-1',
  version: 7,
  id: 'id',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'x',
  actor: 'me',
  events,
});

it('stores the current schema version and keeps personal data apart', () => {
  const stored = codec.encode({
    type: 'PriceSet',
    data: { unitPrice: 1, currency: 'EUR' },
    personal: { email: 'a@b' },
  });
  expect(stored).toEqual({
    type: 'PriceSet',
    schemaVersion: '2.0.0',
    data: { unitPrice: 1, currency: 'EUR' },
    personal: { email: 'a@b' },
  });
});

it('stores no personal data where there is none', () => {
  const stored = codec.encode({ type: 'PriceSet', data: priced });
  expect(stored).toStrictEqual({ type: 'PriceSet', schemaVersion: '2.0.0', data: priced });
});

it('says which event of a commit does not fit', () => {
  const version = { type: 'PriceSet', schemaVersion: '2.0.0' };
  expect(() => codec.decode(commitOf({ ...version, data: priced }, { ...version, data: {} }))).toThrow('price-1@8');
});

it('refuses to store what does not fit the schema', () => {
  expect(() => codec.encode({ type: 'PriceSet', data: { unitPrice: 0.5, currency: 'EUR' } })).toThrow('unitPrice');
});

it('brings old events to the current version, step by step, and gives each its place', () => {
  const commit = commitOf(
    { type: 'PriceSet', schemaVersion: '1.0.0', data: {} },
    { type: 'PriceSet', schemaVersion: '1.1.0', data: { price: 5 }, personal: { email: 'a@b' } },
  );
  expect(codec.decode(commit)).toMatchObject([
    { version: 7, schemaVersion: '2.0.0', data: { unitPrice: 0, currency: 'EUR' }, stream: 'price-1', actor: 'me' },
    { version: 8, data: { unitPrice: 5, currency: 'EUR' }, personal: { email: 'a@b' }, correlationId: 'c' },
  ]);
});

it.each([
  [
    'of an unknown type',
    { type: 'Unheard', schemaVersion: '1.0.0', data: {} },
    'Unheard is unknown; known are PriceSet',
  ],
  ['of a newer major version', { type: 'PriceSet', schemaVersion: '10.0.0', data: priced }, 'newer code wrote it'],
])('leaves an event %s to newer code', (_, stored, message) => {
  expect(() => codec.decode(commitOf(stored))).toThrow(NewerEventError);
  expect(() => codec.decode(commitOf(stored))).toThrow(message);
});

it.each([
  [
    'an older version without a way up',
    { type: 'PriceSet', schemaVersion: '1.9.0', data: {} },
    'no upcaster from 1.9.0',
  ],
  ['data that does not fit', { type: 'PriceSet', schemaVersion: '2.0.0', data: {} }, 'PriceSet 2.0.0 of price-1@7'],
  ['data of a newer minor that does not fit', { type: 'PriceSet', schemaVersion: '2.1.0', data: {} }, 'does not fit'],
])('refuses %s', (_, stored, message) => {
  expect(() => codec.decode(commitOf(stored))).toThrow(UnreadableEventError);
  expect(() => codec.decode(commitOf(stored))).not.toThrow(NewerEventError);
  expect(() => codec.decode(commitOf(stored))).toThrow(message);
});

it('reads what a newer minor version added as if it were not there', () => {
  const data = { ...priced, reason: 'sale' };
  const [event] = codec.decode(commitOf({ type: 'PriceSet', schemaVersion: '2.1.0', data }));
  expect(event).toMatchObject({ schemaVersion: '2.0.0', data: priced });
  expect(event?.data).toStrictEqual(priced);
});

it('needs no upcaster from an older minor version', () => {
  const newer = eventCodec({
    PriceSet: { schemaVersion: '2.1.0', data: z.strictObject({ unitPrice: z.int(), reason: z.string().optional() }) },
  });
  const [event] = newer.decode(commitOf({ type: 'PriceSet', schemaVersion: '2.0.0', data: { unitPrice: 1 } }));
  expect(event).toMatchObject({ schemaVersion: '2.1.0', data: { unitPrice: 1 } });
});

it('stays strict when it writes', () => {
  const added = { type: 'PriceSet', data: { ...priced, reason: 'sale' } } as const;
  expect(() => codec.encode(added)).toThrow('reason');
});

it('shows no secret of an event, and leaves the event itself, and events without any, as they are', () => {
  const paid = eventCodec({
    Paid: {
      schemaVersion: '1.0.0',
      data: z.strictObject({ amount: z.int(), cardToken: z.string(), hint: z.string().optional() }),
      secret: ['cardToken', 'hint'],
    },
    Closed: { schemaVersion: '1.0.0', data: z.strictObject({ cardToken: z.string() }) },
  });
  const data = { amount: 5, cardToken: 'tok_1' };
  const [event, closed] = paid.decode(
    commitOf(
      { type: 'Paid', schemaVersion: '1.0.0', data },
      { type: 'Closed', schemaVersion: '1.0.0', data: { cardToken: 'none' } },
    ),
  );
  if (!event || !closed) throw new Error('There must be two events');
  expect(paid.redact(event)).toEqual({ ...event, data: { amount: 5, cardToken: '[redacted]' } });
  expect(event.data).toEqual(data);
  expect(paid.redact(closed)).toEqual(closed);
});

it('says what does not fit in an event without a word of its data, which may be secret', () => {
  const unreadable = {
    type: 'PriceSet',
    schemaVersion: '2.0.0',
    data: { unitPrice: 'tok_1', currency: ['tok_2'], tok: 1 },
  };
  const error: unknown = (() => {
    try {
      return codec.decode(commitOf(unreadable));
    } catch (thrown) {
      return thrown;
    }
  })();
  const said = inspect(error, { depth: null });
  expect(said).toContain('unitPrice');
  expect(said).not.toMatch(/tok_\d/);
});

it('reads an event as it was written, though another part of its schema would take it with less', () => {
  const byCard = z.strictObject({ card: z.string() });
  const data = z.strictObject({ by: z.union([byCard, byCard.extend({ wallet: z.string() })]) });
  const paid = eventCodec({ Paid: { schemaVersion: '1.0.0', data } });
  const event = { type: 'Paid', data: { by: { card: 'c', wallet: 'w' } } } as const;
  expect(paid.decode(commitOf(paid.encode(event)))).toMatchObject([event]);
});
