// What may happen to an order, and who may see that it exists.
import { accept, type Decider, type Decision, reject } from '../../kernel/decider.ts';
import { type OrderEvent, orderEvents } from './events.ts';
import { type PlaceOrder, placeOrder } from './place-order.ts';
import { type ExistingOrder, evolveOrder, noOrder, type OrderState, orderState } from './state.ts';

/** `caller` is the customer who asks, absent when staff or the system does. */
type OnExisting = { readonly orderId: string; readonly caller?: string };

export type OrderCommand =
  | PlaceOrder
  | ({ readonly type: 'ConfirmOrder'; readonly transactionId: string } & OnExisting)
  | ({ readonly type: 'RejectOrder'; readonly code: string; readonly sku?: string } & OnExisting)
  | ({ readonly type: 'CancelOrder'; readonly reason: string } & OnExisting)
  | ({ readonly type: 'ShipOrder'; readonly carrier: string; readonly trackingNumber: string } & OnExisting)
  | ({ readonly type: 'DeliverOrder' } & OnExisting);

export const orderDecider: Decider<OrderCommand, OrderEvent, OrderState> = {
  category: 'order',
  codec: orderEvents,
  foldVersion: 1,
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

function change(command: Exclude<OrderCommand, PlaceOrder>, { stage }: ExistingOrder): Decision<OrderEvent> {
  switch (command.type) {
    case 'ConfirmOrder': {
      const { transactionId } = command;
      return stage === 'placed' ? accept({ type: 'OrderConfirmed', data: { transactionId } }) : no('confirm', stage);
    }
    case 'RejectOrder': {
      const { code, sku } = command;
      return stage === 'placed'
        ? accept({ type: 'OrderRejected', data: sku === undefined ? { code } : { code, sku } })
        : no('reject', stage);
    }
    case 'CancelOrder':
      return stage === 'placed' || stage === 'confirmed'
        ? accept({ type: 'OrderCancelled', data: { reason: command.reason } })
        : no('cancel', stage);
    case 'ShipOrder': {
      const { carrier, trackingNumber } = command;
      return stage === 'confirmed'
        ? accept({ type: 'OrderShipped', data: { carrier, trackingNumber } })
        : no('ship', stage);
    }
    case 'DeliverOrder':
      return stage === 'shipped' ? accept({ type: 'OrderDelivered', data: {} }) : no('deliver', stage);
    default:
      return command satisfies never;
  }
}

const rules = {
  confirm: { code: 'order_not_confirmable', allowed: 'a placed order' },
  reject: { code: 'order_not_rejectable', allowed: 'a placed order' },
  cancel: { code: 'order_not_cancellable', allowed: 'an order that is placed or confirmed' },
  ship: { code: 'order_not_shippable', allowed: 'a confirmed order' },
  deliver: { code: 'order_not_deliverable', allowed: 'a shipped order' },
} as const;

const no = (action: keyof typeof rules, stage: string): Decision<never> =>
  reject('rule', rules[action].code, `Only ${rules[action].allowed} can take this; this one is ${stage}.`);
