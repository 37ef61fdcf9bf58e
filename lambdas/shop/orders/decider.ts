// What may happen to an order, and who may see that it exists.
import { accept, type Decider, type Decision, reject } from '../../spine/kernel/decider.ts';
import { type OrderEvent, orderEvents } from './events.ts';
import { type PlaceOrder, placeOrder } from './place-order.ts';
import { type ExistingOrder, evolveOrder, noOrder, type OrderState, type OrderStatus, orderState } from './state.ts';

/** `caller` is the customer who asks, absent when staff or the system does. */
type OnExisting = { readonly orderId: string; readonly caller?: string };

export type OrderCommand =
  | PlaceOrder
  | ({ readonly type: 'ConfirmOrder'; readonly transactionId: string } & OnExisting)
  | ({ readonly type: 'RejectOrder'; readonly code: string; readonly sku?: string } & OnExisting)
  | ({ readonly type: 'CancelOrder'; readonly reason: string } & OnExisting)
  | ({ readonly type: 'ShipOrder'; readonly carrier: string; readonly trackingNumber: string } & OnExisting)
  | ({ readonly type: 'DeliverOrder' } & OnExisting)
  | ({ readonly type: 'RecordRefund'; readonly transactionId: string } & OnExisting);

export const orderDecider: Decider<OrderCommand, OrderEvent, OrderState> = {
  category: 'order',
  codec: orderEvents,
  generation: 2,
  stateSchema: orderState,
  initialState: noOrder,
  evolve: evolveOrder,
  decide(command, state) {
    if (command.type === 'PlaceOrder') return placeOrder(command, state);
    const isHidden = state.stage === 'none' || (command.caller !== undefined && command.caller !== state.customerId);
    if (isHidden) return reject('missing', 'not_found', `There is no order ${command.orderId}.`);
    return change(command, state);
  },
};

type Change = Exclude<OrderCommand, PlaceOrder>;

interface Move<Command extends Change> {
  /** The stages that the order may be in. */
  readonly from: readonly OrderStatus[];
  readonly code: string;
  event(command: Command): OrderEvent;
}

const moves: { readonly [Type in Change['type']]: Move<Extract<Change, { type: Type }>> } = {
  ConfirmOrder: {
    from: ['placed'],
    code: 'order_not_confirmable',
    event: ({ transactionId }) => ({ type: 'OrderConfirmed', data: { transactionId } }),
  },
  RejectOrder: {
    from: ['placed'],
    code: 'order_not_rejectable',
    event: ({ code, sku }) => ({ type: 'OrderRejected', data: sku === undefined ? { code } : { code, sku } }),
  },
  CancelOrder: {
    from: ['placed', 'confirmed'],
    code: 'order_not_cancellable',
    event: ({ reason }) => ({ type: 'OrderCancelled', data: { reason } }),
  },
  ShipOrder: {
    from: ['confirmed'],
    code: 'order_not_shippable',
    event: ({ carrier, trackingNumber }) => ({ type: 'OrderShipped', data: { carrier, trackingNumber } }),
  },
  DeliverOrder: {
    from: ['shipped'],
    code: 'order_not_deliverable',
    event: () => ({ type: 'OrderDelivered', data: {} }),
  },
  RecordRefund: {
    from: ['placed', 'rejected', 'cancelled'],
    code: 'order_not_refundable',
    event: ({ transactionId }) => ({ type: 'OrderRefunded', data: { transactionId } }),
  },
};

/** Whether the order already is as the command wants it: the system repeats its commands without a key. */
function isDone(type: Change['type'], { stage, isRefunded }: ExistingOrder): boolean {
  if (type === 'RecordRefund') return isRefunded;
  if (type === 'RejectOrder') return stage === 'rejected';
  return type === 'ConfirmOrder' && ['confirmed', 'shipped', 'delivered'].includes(stage);
}

function change(command: Change, order: ExistingOrder): Decision<OrderEvent> {
  const { from, code, event } = moves[command.type] as Move<Change>;
  const { stage } = order;
  if (isDone(command.type, order)) return accept();
  if (from.includes(stage)) return accept(event(command));
  return reject('rule', code, `Only an order that is ${from.join(' or ')} can take this; this one is ${stage}.`);
}
