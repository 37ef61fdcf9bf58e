// What may happen to a product. Stock is never negative and never reserved twice for one order.
import { accept, type Decider, type Decision, reject } from '../../kernel/decider.ts';
import { type ProductEvent, productEvents } from './events.ts';
import { availableOf, evolveProduct, type ListedProduct, type ProductState, productState, unlisted } from './state.ts';

export type ProductCommand =
  | {
      readonly type: 'ListProduct';
      readonly sku: string;
      readonly name: string;
      readonly unitPrice: number;
      readonly currency: string;
    }
  | { readonly type: 'ChangePrice'; readonly sku: string; readonly unitPrice: number }
  | { readonly type: 'ReceiveStock'; readonly sku: string; readonly quantity: number }
  | { readonly type: 'ReserveStock'; readonly sku: string; readonly orderId: string; readonly quantity: number }
  | { readonly type: 'ReleaseStock'; readonly sku: string; readonly orderId: string }
  | { readonly type: 'ShipStock'; readonly sku: string; readonly orderId: string };

/** On hand beyond that is refused, so that sums stay exact integers in every client. */
export const MAX_ON_HAND = 1_000_000_000;

export const productDecider: Decider<ProductCommand, ProductEvent, ProductState> = {
  category: 'product',
  codec: productEvents,
  foldVersion: 2,
  stateSchema: productState,
  initialState: unlisted,
  evolve: evolveProduct,
  decide(command, state) {
    if (command.type === 'ListProduct') return list(command, state);
    if (state.stage === 'unlisted') return reject('missing', 'not_found', `There is no product ${command.sku}.`);
    return change(command, state);
  },
};

function list({ type: _, ...data }: Extract<ProductCommand, { type: 'ListProduct' }>, state: ProductState) {
  return state.stage === 'listed'
    ? reject('rule', 'product_already_listed', `Product ${data.sku} is listed already; change its price instead.`)
    : accept<ProductEvent>({ type: 'ProductListed', data });
}

function change(
  command: Exclude<ProductCommand, { type: 'ListProduct' }>,
  state: ListedProduct,
): Decision<ProductEvent> {
  switch (command.type) {
    case 'ChangePrice':
      return accept({ type: 'ProductPriceChanged', data: { unitPrice: command.unitPrice } });
    case 'ReceiveStock':
      return receive(command.quantity, state);
    case 'ReserveStock':
      return reserve(command, state);
    case 'ReleaseStock':
      return release(command.orderId, state);
    case 'ShipStock':
      return ship(command.orderId, state);
    default:
      return command satisfies never;
  }
}

function receive(quantity: number, state: ListedProduct): Decision<ProductEvent> {
  if (state.onHand + quantity <= MAX_ON_HAND) return accept({ type: 'StockReceived', data: { quantity } });
  const detail = `At most ${MAX_ON_HAND} of ${state.sku} can be on hand; there are ${state.onHand}, and ${quantity} would be too many.`;
  return reject('rule', 'stock_limit_exceeded', detail);
}

function reserve(
  { orderId, quantity }: Extract<ProductCommand, { type: 'ReserveStock' }>,
  state: ListedProduct,
): Decision<ProductEvent> {
  if (state.reservations[orderId] !== undefined) return accept();
  if (state.barred.includes(orderId)) {
    return reject('rule', 'reservation_barred', `The reservation for order ${orderId} was released before it came.`);
  }
  if (quantity <= availableOf(state)) return accept({ type: 'StockReserved', data: { orderId, quantity } });
  const detail = `${quantity} of ${state.sku} were asked for; ${availableOf(state)} are available.`;
  return reject('rule', 'out_of_stock', detail);
}

/** Releasing before the reservation came bars it, so that the two may be handled in either order. */
function release(orderId: string, { reservations, barred }: ListedProduct): Decision<ProductEvent> {
  const quantity = reservations[orderId];
  if (quantity !== undefined) return accept({ type: 'StockReleased', data: { orderId, quantity } });
  return barred.includes(orderId) ? accept() : accept({ type: 'ReservationBarred', data: { orderId } });
}

function ship(orderId: string, { reservations }: ListedProduct): Decision<ProductEvent> {
  const quantity = reservations[orderId];
  return quantity === undefined ? accept() : accept({ type: 'StockShipped', data: { orderId, quantity } });
}
