// What may happen to a product: it is listed, and its price changes.
import { accept, type Decider, type Decision, reject } from '../../spine/kernel/decider.ts';
import { type ProductEvent, productEvents } from './events.ts';
import { evolveProduct, type ProductState, productState, unlisted } from './state.ts';

export type ProductCommand =
  | {
      readonly type: 'ListProduct';
      readonly sku: string;
      readonly name: string;
      readonly unitPrice: number;
      readonly currency: string;
    }
  | { readonly type: 'ChangePrice'; readonly sku: string; readonly unitPrice: number };

export const productDecider: Decider<ProductCommand, ProductEvent, ProductState> = {
  category: 'product',
  codec: productEvents,
  generation: 3,
  stateSchema: productState,
  initialState: unlisted,
  evolve: evolveProduct,
  decide(command, state) {
    switch (command.type) {
      case 'ListProduct':
        return list(command, state);
      case 'ChangePrice': {
        const { sku, unitPrice } = command;
        if (state.stage === 'unlisted') return reject('missing', 'not_found', `There is no product ${sku}.`);
        return accept({ type: 'ProductPriceChanged', data: { unitPrice } });
      }
      default:
        return command satisfies never;
    }
  },
};

function list(
  { type: _, ...data }: Extract<ProductCommand, { type: 'ListProduct' }>,
  state: ProductState,
): Decision<ProductEvent> {
  return state.stage === 'listed'
    ? reject('rule', 'product_already_listed', `Product ${data.sku} is listed already; change its price instead.`)
    : accept({ type: 'ProductListed', data });
}
