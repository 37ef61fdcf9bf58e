// Taking and giving back an order's money. The payment stream arbitrates between the process, its timer and the provider's
// callbacks; the provider sees one idempotency key for each of capture and refund, however often a run is repeated.

import { eventId, type Provenance, streamOf } from '../../../spine/kernel/envelope.ts';
import { loadStream } from '../../../spine/kernel/execution/stream-state.ts';
import type { Heard } from '../../../spine/kernel/process-manager.ts';
import { type CommandSender, causeOf } from '../../../spine/process/command-sender.ts';
import { orderDecider } from '../../orders/decider.ts';
import { paymentDecider } from '../../payments/decider.ts';
import { captureKey, type FoundPayment, KEY_KNOWN_FOR_IN_MILLIS, refundKey } from '../../payments/port.ts';
import type { PaymentState } from '../../payments/state.ts';
import type { FulfilmentInput } from '../decider.ts';
import type { FulfilmentState } from '../state.ts';
import type { FulfilmentPorts } from './ports.ts';

type Ended = Promise<Heard<FulfilmentInput>>;
type Order = Exclude<FulfilmentState, { stage: 'none' }>['order'];

export interface Payments {
  /** Captures the payment, unless its outcome is known already. */
  capture(order: Order, cause: Provenance): Ended;
  /** Finds out whether there is money to refund, and makes sure that a later capture is refunded too. */
  settle(order: Order, cause: Provenance): Ended;
  refund(order: Order, transactionId: string, cause: Provenance): Ended;
}

export function payments(ports: FulfilmentPorts, sender: CommandSender): Payments {
  /** Captures while the provider is sure to remember the key. After that, only looks up what became of the capture. */
  const askProvider = (
    { orderId, total, currency, paymentToken }: Order,
    requestedAt: string,
  ): Promise<FoundPayment> => {
    const request = { orderId, amount: total, currency, paymentToken, idempotencyKey: captureKey(orderId) };
    const isKeyKnown = ports.now().getTime() - Date.parse(requestedAt) < KEY_KNOWN_FOR_IN_MILLIS;
    return isKeyKnown ? ports.provider.capture(request) : ports.provider.find(request);
  };

  const record = async ({ orderId }: Order, result: FoundPayment, cause: Provenance): Promise<string> => {
    if (result.kind === 'pending' || result.kind === 'unknown') return cause.causationId;
    const command =
      result.kind === 'captured'
        ? ({ type: 'RecordCapture', orderId, transactionId: result.transactionId } as const)
        : ({ type: 'RecordDecline', orderId } as const);
    return causeOf(await sender.send(paymentDecider, orderId, command, cause), cause);
  };

  const pending = (): FulfilmentInput => ({
    type: 'PaymentPending',
    deadline: new Date(ports.now().getTime() + ports.paymentTimeoutInSeconds * 1000).toISOString(),
  });

  const inputOf = (result: FoundPayment): FulfilmentInput => {
    switch (result.kind) {
      case 'captured':
        return { type: 'PaymentCaptured', transactionId: result.transactionId };
      case 'declined':
        return { type: 'PaymentDeclined' };
      case 'pending':
        return pending();
      case 'unknown':
        return { type: 'PaymentUnanswered' };
      default:
        return result satisfies never;
    }
  };

  const stateOf = async ({ orderId }: Order) => {
    const stream = streamOf(paymentDecider.category, orderId);
    const { state, version } = await loadStream(ports.store, paymentDecider, stream);
    return { state, causationId: eventId({ stream, version }) };
  };

  return {
    async capture(order, cause) {
      const { orderId, total, currency, paymentToken } = order;
      const request = { type: 'RequestPayment', orderId, amount: total, currency, paymentToken } as const;
      const requested = await sender.send(paymentDecider, orderId, request, cause);
      if (requested.kind === 'rejected') return { input: { type: 'PaymentClosed' }, causationId: cause.causationId };
      const { state, eventId: causationId } = requested;
      if (state.stage !== 'requested') return { input: knownInput(state), causationId };
      const result = await askProvider(order, state.requestedAt);
      const recorded = await record(order, result, cause);
      return { input: inputOf(result), causationId: recorded };
    },

    async settle(order, cause) {
      const { orderId } = order;
      const before = await stateOf(order);
      // Requested and not answered: the provider says what became of it.
      if (before.state.stage === 'requested') {
        await record(order, await askProvider(order, before.state.requestedAt), cause);
      }
      await sender.send(paymentDecider, orderId, { type: 'AbandonPayment', orderId }, cause);
      const { state, causationId } = await stateOf(order);
      if (state.stage !== 'captured') return { input: { type: 'PaymentClosed' }, causationId };
      return { input: { type: 'PaymentCaptured', transactionId: state.transactionId }, causationId };
    },

    async refund(order, transactionId, cause) {
      const { orderId, total, currency } = order;
      if ((await stateOf(order)).state.stage === 'captured') {
        await ports.provider.refund({
          orderId,
          transactionId,
          amount: total,
          currency,
          idempotencyKey: refundKey(orderId),
        });
      }
      const refunded = await sender.send(paymentDecider, orderId, { type: 'RecordRefund', orderId }, cause);
      // A refund that is known to have failed is left to an operator: the customer has not got the money.
      const isReturned = refunded.kind !== 'rejected' && refunded.state.stage === 'refunded';
      if (isReturned) await sender.send(orderDecider, orderId, { type: 'RecordRefund', orderId, transactionId }, cause);
      return { input: { type: 'PaymentReturned', transactionId }, causationId: causeOf(refunded, cause) };
    },
  };
}

/** The outcome that the payment's stream has already, from an earlier run or a callback. Then the provider is not asked. */
const knownInput = (state: Exclude<PaymentState, { stage: 'requested' }>): FulfilmentInput => {
  if ('transactionId' in state) return { type: 'PaymentCaptured', transactionId: state.transactionId };
  return { type: state.stage === 'declined' ? 'PaymentDeclined' : 'PaymentClosed' };
};
