// Placing an order: each line takes the product's name and price as they are at that moment.
import { accept, type Decision, reject } from '../../kernel/decider.ts';
import type { OrderEvent } from './events.ts';
import type { OrderState } from './state.ts';

export interface PlaceOrder {
  readonly type: 'PlaceOrder';
  readonly orderId: string;
  readonly customerId: string;
  readonly email?: string;
  readonly paymentToken: string;
  readonly lines: readonly RequestedLine[];
}

export interface RequestedLine {
  readonly sku: string;
  readonly quantity: number;
  /** The product as it is listed now; absent if there is none. */
  readonly product?: { readonly name: string; readonly unitPrice: number; readonly currency: string };
}

export function placeOrder(command: PlaceOrder, state: OrderState): Decision<OrderEvent> {
  if (state.stage !== 'none')
    return reject('rule', 'order_already_placed', `Order ${command.orderId} is placed already.`);
  const lines = command.lines.flatMap(({ sku, quantity, product }) => (product ? [{ sku, quantity, ...product }] : []));
  if (lines.length < command.lines.length) return unknownProducts(command);

  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  const [currency] = currencies;
  if (currency === undefined || currencies.length > 1) {
    return reject(
      'rule',
      'mixed_currencies',
      `All lines of an order share one currency; these have ${currencies.join(', ')}.`,
    );
  }
  const total = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  if (!Number.isSafeInteger(total)) {
    return reject('rule', 'total_too_large', `An order's total is at most ${Number.MAX_SAFE_INTEGER} minor units.`);
  }
  return accept({
    type: 'OrderPlaced',
    data: {
      orderId: command.orderId,
      customerId: command.customerId,
      lines: lines.map(({ currency: _, ...line }) => line),
      total,
      currency,
      paymentToken: command.paymentToken,
    },
    ...(command.email === undefined ? {} : { personal: { email: command.email } }),
  });
}

function unknownProducts({ lines }: PlaceOrder): Decision<never> {
  const unknown = lines.filter(({ product }) => product === undefined).map(({ sku }) => sku);
  return reject('reference', 'unknown_product', `There is no product ${unknown.join(', ')}.`);
}
