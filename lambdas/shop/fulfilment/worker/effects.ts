// The process manager's effects: each performs an action and returns its outcome, with the event that shows it.

import type { Provenance } from '../../../spine/kernel/envelope.ts';
import type { Heard, Outcome } from '../../../spine/kernel/process-manager.ts';
import { type CommandSender, causeOf } from '../../../spine/process/command-sender.ts';
import type { ActionContext } from '../../../spine/process/definition.ts';
import { orderDecider } from '../../orders/decider.ts';
import type { Action } from '../actions.ts';
import type { FulfilmentInput } from '../decider.ts';
import type { FulfilmentState } from '../state.ts';
import { payments } from './payments.ts';
import type { FulfilmentPorts } from './ports.ts';
import type { StockKeeper } from './stock.ts';
import { stockActions } from './stock-actions.ts';

type Ended = Promise<Heard<FulfilmentInput>>;
type Started = Exclude<FulfilmentState, { stage: 'none' }>;
type Order = Started['order'];

export function effects(ports: FulfilmentPorts, sender: CommandSender, stock: StockKeeper) {
  const pay = payments(ports, sender);
  const onStock = stockActions(stock);
  return (
    action: Action,
    state: FulfilmentState,
    { cause }: Pick<ActionContext, 'cause'>,
  ): Promise<Outcome<FulfilmentInput>> => {
    if (state.stage === 'none') throw new RangeError(`${action.do} before the fulfilment started`);
    const { order } = state;
    switch (action.do) {
      case 'reserve-line':
      case 'find-line':
      case 'release-line':
      case 'ship-line':
        return onStock(action, state, cause);
      case 'capture-payment':
        return pay.capture(order, cause);
      case 'settle-payment':
        return pay.settle(order, cause);
      case 'refund-payment':
        return pay.refund(order, action.transactionId, cause);
      case 'confirm-order':
        return confirm(sender, order, action.transactionId, cause);
      case 'reject-order':
        return reject(sender, order, action, cause);
      case 'finish':
        return Promise.resolve({ input: { type: 'Finished' }, causationId: cause.causationId });
      default:
        return action satisfies never;
    }
  };
}

/** Refused means that the customer cancelled in the meantime. */
async function confirm(sender: CommandSender, { orderId }: Order, transactionId: string, cause: Provenance): Ended {
  const sent = await sender.send(orderDecider, orderId, { type: 'ConfirmOrder', orderId, transactionId }, cause);
  const type = sent.kind === 'rejected' ? 'OrderCancelled' : 'OrderConfirmed';
  return { input: { type }, causationId: causeOf(sent, cause) };
}

/** Refused means that the order has ended already: cancelled, or rejected by an earlier run. */
async function reject(
  sender: CommandSender,
  { orderId }: Order,
  { code, sku }: Extract<Action, { do: 'reject-order' }>,
  cause: Provenance,
): Ended {
  const command = { type: 'RejectOrder', orderId, code, ...(sku !== undefined && { sku }) } as const;
  const sent = await sender.send(orderDecider, orderId, command, cause);
  return { input: { type: 'Finished' }, causationId: causeOf(sent, cause) };
}
