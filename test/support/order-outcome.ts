// What has become of an order: how it stands, and its whole story.
import { expect } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { CloudEventBody, EventsBody, OrderBody } from './contract-bodies.ts';
import type { PlacedOrder } from './shop.ts';

/** How an order stands, as far as it follows from what happened after its placing. */
export type Outcome = Pick<OrderBody, 'status' | 'rejection' | 'cancellation' | 'payment' | 'shipment'>;

export const captured = { status: 'captured', transactionId: expect.stringMatching(/./) };
export const refunded = { status: 'refunded', transactionId: expect.stringMatching(/./) };

/** As the read model shows it now: no token asks for more. */
export async function outcomeOf(reader: ApiClient, { path }: Pick<PlacedOrder, 'path'>): Promise<Outcome> {
  const { body } = await reader.get<OrderBody>(path);
  const { status, rejection, cancellation, payment, shipment } = body;
  return {
    status,
    ...(rejection && { rejection }),
    ...(cancellation && { cancellation }),
    ...(payment && { payment }),
    ...(shipment && { shipment }),
  };
}

export async function storyOf(
  reader: ApiClient,
  { path }: Pick<PlacedOrder, 'path'>,
): Promise<readonly CloudEventBody[]> {
  const { status, body } = await reader.get<EventsBody>(`${path}/story`);
  expect(status).toBe(200);
  return body.events;
}

/** `eventspine.OrderPlaced.v1` → `OrderPlaced` */
export const eventName = ({ type }: CloudEventBody): string => type.split('.')[1] ?? type;

/** `order-01J…` → `order` */
export const category = ({ subject }: CloudEventBody): string => subject.slice(0, subject.indexOf('-'));
