// What may happen to a payment. Whatever the provider says is recorded once, in whichever order it says it.
import { accept, type Decider, type Decision, reject } from '../../spine/kernel/decider.ts';
import { type PaymentEvent, paymentEvents } from './events.ts';
import { evolvePayment, noPayment, type PaymentState, paymentState } from './state.ts';

export type PaymentCommand =
  | {
      readonly type: 'RequestPayment';
      readonly orderId: string;
      readonly amount: number;
      readonly currency: string;
      readonly paymentToken: string;
    }
  | { readonly type: 'RecordCapture'; readonly orderId: string; readonly transactionId: string }
  | { readonly type: 'RecordDecline'; readonly orderId: string }
  | { readonly type: 'AbandonPayment'; readonly orderId: string }
  | { readonly type: 'RecordRefund'; readonly orderId: string }
  | { readonly type: 'RecordRefundFailure'; readonly orderId: string; readonly refundId: string };

export const paymentDecider: Decider<PaymentCommand, PaymentEvent, PaymentState> = {
  category: 'payment',
  codec: paymentEvents,
  generation: 2,
  stateSchema: paymentState,
  initialState: noPayment,
  evolve: evolvePayment,
  decide(command, state) {
    switch (command.type) {
      case 'RequestPayment': {
        const { type: _, ...data } = command;
        if (state.stage === 'none') return accept({ type: 'PaymentRequested', data });
        return state.stage === 'abandoned' ? reject('rule', 'payment_abandoned', 'The order has ended.') : accept();
      }
      case 'AbandonPayment':
        return ['none', 'requested'].includes(state.stage) ? accept({ type: 'PaymentAbandoned', data: {} }) : accept();
      default:
        return state.stage === 'none'
          ? reject('missing', 'not_found', `There is no payment for order ${command.orderId}.`)
          : record(command, state);
    }
  },
};

function record(
  command: Extract<
    PaymentCommand,
    { type: 'RecordCapture' | 'RecordDecline' | 'RecordRefund' | 'RecordRefundFailure' }
  >,
  state: PaymentState,
): Decision<PaymentEvent> {
  switch (command.type) {
    case 'RecordCapture': {
      const { transactionId } = command;
      const isKnown = 'transactionId' in state;
      return isKnown ? accept() : accept({ type: 'PaymentCaptured', data: { transactionId } });
    }
    case 'RecordDecline':
      return state.stage === 'requested' ? accept({ type: 'PaymentDeclined', data: {} }) : accept();
    case 'RecordRefund': {
      if (state.stage !== 'captured') return accept();
      return accept({ type: 'PaymentRefunded', data: { transactionId: state.transactionId } });
    }
    // Also before the refund is recorded: the provider may be quicker than the run that asked it.
    case 'RecordRefundFailure': {
      if (state.stage !== 'refunded' && state.stage !== 'captured') return accept();
      const { refundId } = command;
      return accept({ type: 'RefundFailed', data: { transactionId: state.transactionId, refundId } });
    }
    default:
      return command satisfies never;
  }
}
