// An aggregate of the kernel's own tests, with a stage, a number and a map in its state: a product with its stock in one stream.
import * as z from 'zod';
import { accept, type Decider, type Decision, reject } from '../../lambdas/spine/kernel/decider.ts';
import { type EventOf, eventCodec } from '../../lambdas/spine/kernel/event-codec.ts';

const ofOrder = z.strictObject({ orderId: z.string(), quantity: z.int().min(1) });

const definitions = {
  ProductListed: {
    schemaVersion: '1.0.0',
    data: z.strictObject({ sku: z.string(), name: z.string(), unitPrice: z.int(), currency: z.string() }),
  },
  ProductPriceChanged: { schemaVersion: '1.0.0', data: z.strictObject({ unitPrice: z.int() }) },
  StockReceived: { schemaVersion: '1.0.0', data: z.strictObject({ quantity: z.int().min(1) }) },
  StockReserved: { schemaVersion: '1.0.0', data: ofOrder },
  StockShipped: { schemaVersion: '1.0.0', data: ofOrder },
} as const;

const events = eventCodec(definitions);
type ProductEvent = EventOf<typeof definitions>;

const productState = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('unlisted') }),
  z.object({
    stage: z.literal('listed'),
    sku: z.string(),
    name: z.string(),
    unitPrice: z.int(),
    currency: z.string(),
    onHand: z.int(),
    reservations: z.record(z.string(), z.int()),
    barred: z.array(z.string()),
  }),
]);
type ProductState = z.infer<typeof productState>;
type Listed = Extract<ProductState, { stage: 'listed' }>;

export type ProductCommand =
  | ({ readonly type: 'ListProduct' } & z.infer<(typeof definitions)['ProductListed']['data']>)
  | { readonly type: 'ChangePrice'; readonly sku: string; readonly unitPrice: number }
  | { readonly type: 'ReceiveStock'; readonly sku: string; readonly quantity: number }
  | { readonly type: 'ReserveStock'; readonly sku: string; readonly orderId: string; readonly quantity: number }
  | { readonly type: 'ShipStock'; readonly sku: string; readonly orderId: string };

function evolve(state: ProductState, event: ProductEvent): ProductState {
  if (event.type === 'ProductListed') {
    return { stage: 'listed', ...event.data, onHand: 0, reservations: {}, barred: [] };
  }
  if (state.stage === 'unlisted') throw new RangeError(`${event.type} on a product that is not listed`);
  switch (event.type) {
    case 'ProductPriceChanged':
      return { ...state, unitPrice: event.data.unitPrice };
    case 'StockReceived':
      return { ...state, onHand: state.onHand + event.data.quantity };
    case 'StockReserved': {
      const { orderId, quantity } = event.data;
      return { ...state, reservations: { ...state.reservations, [orderId]: quantity } };
    }
    case 'StockShipped': {
      const { [event.data.orderId]: _, ...reservations } = state.reservations;
      return { ...state, onHand: state.onHand - event.data.quantity, reservations };
    }
    default:
      return event satisfies never;
  }
}

function change(command: Exclude<ProductCommand, { type: 'ListProduct' }>, state: Listed): Decision<ProductEvent> {
  switch (command.type) {
    case 'ChangePrice':
      return accept({ type: 'ProductPriceChanged', data: { unitPrice: command.unitPrice } });
    case 'ReceiveStock':
      return accept({ type: 'StockReceived', data: { quantity: command.quantity } });
    case 'ReserveStock': {
      const { orderId, quantity } = command;
      const reserved = Object.values(state.reservations).reduce((sum, each) => sum + each, 0);
      if (quantity > state.onHand - reserved) return reject('rule', 'out_of_stock', 'Not so many are available.');
      return accept({ type: 'StockReserved', data: { orderId, quantity } });
    }
    case 'ShipStock': {
      const { orderId } = command;
      const quantity = state.reservations[orderId];
      return quantity === undefined ? accept() : accept({ type: 'StockShipped', data: { orderId, quantity } });
    }
    default:
      return command satisfies never;
  }
}

export const productDecider: Decider<ProductCommand, ProductEvent, ProductState> = {
  category: 'product',
  codec: events,
  generation: 2,
  stateSchema: productState,
  initialState: { stage: 'unlisted' },
  evolve,
  decide(command, state) {
    if (command.type !== 'ListProduct') {
      return state.stage === 'listed'
        ? change(command, state)
        : reject('missing', 'not_found', `There is no product ${command.sku}.`);
    }
    const { type: _, ...data } = command;
    return state.stage === 'listed'
      ? reject('rule', 'product_already_listed', `Product ${data.sku} is listed already.`)
      : accept({ type: 'ProductListed', data });
  },
};
