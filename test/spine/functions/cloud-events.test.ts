import { expect, it } from 'vitest';
import * as z from 'zod';
import { toCloudEvent } from '../../../lambdas/spine/http/queries/cloud-events.ts';
import { eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';

const { redact } = eventCodec({
  OrderPlaced: { schemaVersion: '2.1.0', data: z.strictObject({ orderId: z.string() }), personal: z.unknown() },
});

const event = (version: number) => ({
  type: 'OrderPlaced' as const,
  data: { orderId: 'A' },
  schemaVersion: '2.1.0',
  stream: 'order-A',
  version,
  time: '2026-11-24T09:30:00.000Z',
  correlationId: 'c',
  causationId: 'command',
});

it('is CloudEvents 1.0, without what identifies a person', () => {
  expect(toCloudEvent(redact({ ...event(7), personal: { email: 'alice@example.com' } }))).toEqual({
    specversion: '1.0',
    id: 'order-A@7',
    source: '/eventspine',
    type: 'eventspine.OrderPlaced.v2',
    subject: 'order-A',
    time: '2026-11-24T09:30:00.000Z',
    datacontenttype: 'application/json',
    sequence: '0000000007',
    correlationid: 'c',
    causationid: 'command',
    data: { orderId: 'A' },
  });
});

it('has sequences that sort as text as they do as numbers', () => {
  const versions = [1, 2, 9, 10, 11, 99, 100, 1_000_000, 999_999_999];
  const sequences = versions.map((version) => toCloudEvent(redact(event(version))).sequence);
  expect(sequences.toSorted()).toEqual(sequences);
});
