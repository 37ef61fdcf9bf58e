// Placing an order: each line takes the product's name and price as they are at that moment.
import { accept, type Decision, reject } from '../../spine/kernel/decider.ts';
import type { OrderEvent } from './events.ts';
import type { OrderState } from './state.ts';

export interface PlaceOrder {
  readonly type: 'PlaceOrder';
  readonly orderId: string;
  readonly customerId: string;
  readonly email?: string;
  readonly paymentToken: string;
  readonly lines: readonly RequestedLine[];
  /** The total that the customer has seen, in minor units. If the total has changed, nothing is placed. */
  readonly expectedTotal?: number;
  /** The customer's orders that await payment, and how many may. Absent where there is no limit. */
  readonly openOrders?: { readonly counted: number; readonly allowed: number };
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
  const { expectedTotal, openOrders } = command;
  if (openOrders && openOrders.counted >= openOrders.allowed) return tooManyOpenOrders(openOrders.allowed);
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
  if (expectedTotal !== undefined && expectedTotal !== total) return totalChanged(expectedTotal, total, currency);
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

const tooManyOpenOrders = (allowed: number): Decision<never> =>
  reject(
    'rule',
    'too_many_open_orders',
    `A customer may have ${allowed} orders that await payment. Place this one when one of them has been paid or has ended.`,
  );

const totalChanged = (expected: number, total: number, currency: string): Decision<never> =>
  reject('rule', 'total_changed', `The order costs ${total} ${currency} now, not ${expected}, in minor units.`, {
    total,
    currency,
  });

function unknownProducts({ lines }: PlaceOrder): Decision<never> {
  const unknown = lines.filter(({ product }) => product === undefined).map(({ sku }) => sku);
  return reject('reference', 'unknown_product', `There is no product ${unknown.join(', ')}.`);
}
