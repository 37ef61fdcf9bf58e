// What the process hears in the commits of an order's streams.

import { type Commit, categoryOf, eventId, type RecordedEvent } from '../../../spine/kernel/envelope.ts';
import type { EventStore } from '../../../spine/kernel/event-store.ts';
import type { Hint } from '../../../spine/kernel/pipeline/bundle.ts';
import type { Heard } from '../../../spine/kernel/process-manager.ts';
import { orderDecider } from '../../orders/decider.ts';
import { type OrderEvent, orderEvents } from '../../orders/events.ts';
import { paymentDecider } from '../../payments/decider.ts';
import { type PaymentEvent, paymentEvents } from '../../payments/events.ts';
import type { FulfilmentInput } from '../decider.ts';
import { inputOf } from '../inputs.ts';

export interface HeardOfOrder {
  readonly heard: readonly Heard<FulfilmentInput>[];
  /** Of the latest event heard. */
  readonly correlationId: string;
}

/** Hints as they came; a stream with a hint that came without its events is read whole. */
export async function commitsOf(store: EventStore, hints: readonly Hint[]): Promise<Commit[]> {
  const bare = new Set(hints.filter(({ events }) => events.length === 0).map(({ stream }) => stream));
  const read = await Promise.all([...bare].map((stream) => Array.fromAsync(store.readForward(stream, 0))));
  return [...hints.filter(({ stream }) => !bare.has(stream)), ...read.flat()];
}

/** All commits that the process may hear of, of the order and of its payment. */
export async function historyOf(store: EventStore, orderId: string): Promise<Commit[]> {
  const streams = [orderDecider, paymentDecider].map(({ category }) => `${category}-${orderId}`);
  const read = await Promise.all(streams.map((stream) => Array.fromAsync(store.readForward(stream, 0))));
  return read.flat();
}

/** @returns `undefined` when nothing in the commits concerns the process */
export function hear(commits: readonly Commit[]): HeardOfOrder | undefined {
  const heard = commits
    .flatMap(decode)
    .sort(startFirst)
    .flatMap((event) => {
      const input = inputOf(event);
      return input ? [{ input, causationId: eventId(event), correlationId: event.correlationId }] : [];
    });
  const last = heard.at(-1);
  return last && { heard, correlationId: last.correlationId };
}

const decode = (commit: Commit): (RecordedEvent<OrderEvent> | RecordedEvent<PaymentEvent>)[] =>
  categoryOf(commit.stream) === 'order' ? orderEvents.decode(commit) : paymentEvents.decode(commit);

const isOrder = ({ stream }: RecordedEvent): boolean => categoryOf(stream) === 'order';

/** The order's own events first, each stream in its order: a process starts with its order. */
const startFirst = (left: RecordedEvent, right: RecordedEvent): number =>
  Number(isOrder(right)) - Number(isOrder(left)) || left.version - right.version;
