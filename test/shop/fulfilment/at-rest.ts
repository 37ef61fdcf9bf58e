// What holds of every shop that has come to rest, whatever happened in it.
import type { OrderState } from '../../../lambdas/shop/orders/state.ts';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { freeOf } from '../../../lambdas/shop/stock/state.ts';
import { type Commit, eventId } from '../../../lambdas/spine/kernel/envelope.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import type { BookkeepingProvider } from './fake-provider.ts';
import { fulfilmentOf, type Logged, orderOf, productOf, stockOf } from './standing.ts';

export interface Shop extends Logged {
  readonly commits: readonly Commit[];
  readonly provider: Pick<BookkeepingProvider, 'captured' | 'charges' | 'refunds'>;
}

/**
 * Every process has ended or waits for the shipment, stock and money fit the orders, and each order's story is whole.
 * @returns what is not so, as sentences
 */
export async function notAtRest(
  shop: Shop,
  orderIds: readonly string[],
  skus: readonly string[],
): Promise<readonly string[]> {
  const ofOrders = orderIds.map(async (orderId) => [
    ...(await notRightOf(shop, orderId)),
    ...untoldBookings(shop, orderId),
  ]);
  const ofStock = skus.map((sku) => wrongStockOf(shop, sku, orderIds));
  return (await Promise.all([...ofOrders, ...ofStock])).flat();
}

const KEEPS_MONEY: readonly OrderState['stage'][] = ['confirmed', 'shipped', 'delivered'];

async function notRightOf(shop: Shop, orderId: string): Promise<readonly string[]> {
  const { captured, charges, refunds } = shop.provider;
  const order = await orderOf(shop, orderId);
  const fulfilment = await fulfilmentOf(shop, orderId);
  const { state: payment } = await loadStream(shop.store, paymentDecider, `payment-${orderId}`);
  const transactionId = captured.get(orderId);
  const keepsMoney = KEEPS_MONEY.includes(order.stage);
  const wrong: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || wrong.push(`Order ${orderId} ${what}`));
  must(!['none', 'placed'].includes(order.stage), `is stuck: ${order.stage}`);
  must(
    fulfilment.stage === (order.stage === 'confirmed' ? 'confirmed' : 'ended'),
    `is ${order.stage}, and its fulfilment ${fulfilment.stage}`,
  );
  must(!keepsMoney || transactionId !== undefined, `is ${order.stage}, and nobody paid`);
  const charged = charges.filter((charge) => charge.startsWith(`tx-${orderId}-`)).length;
  must(charged === (transactionId === undefined ? 0 : 1), `was charged ${charged} times`);
  if (transactionId === undefined) return wrong;
  const refunded = refunds.get(transactionId) ?? 0;
  must(refunded === (keepsMoney ? 0 : 1), `is ${order.stage}, and was refunded ${refunded} times`);
  must(payment.stage === (keepsMoney ? 'captured' : 'refunded'), `is ${order.stage}, and its payment ${payment.stage}`);
  must(
    keepsMoney || ('isRefunded' in order && order.isRefunded),
    `is ${order.stage}, and does not say that the money went back`,
  );
  return wrong;
}

/** What was booked in stock for the order and no event of its fulfilment names. */
function untoldBookings({ commits }: Shop, orderId: string): string[] {
  const told = commits.filter(({ stream }) => stream === `fulfilment-${orderId}`).map(({ causationId }) => causationId);
  return commits
    .filter(({ stream }) => stream.startsWith('stock-'))
    .flatMap(({ stream, version, events }) =>
      events.map(({ type, data }, index) => ({ type, data, id: eventId({ stream, version: version + index }) })),
    )
    .filter(({ data }) => (data as { readonly orderId?: string }).orderId === orderId)
    .filter(({ id }) => !told.includes(id))
    .map(({ type, id }) => `No event of the fulfilment of ${orderId} names ${type} ${id}`);
}

async function wrongStockOf(shop: Shop, sku: string, orderIds: readonly string[]): Promise<readonly string[]> {
  const { onHand, available, reservations } = await productOf(shop, sku);
  const wrong: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || wrong.push(`Stock of ${sku}: ${what}`));
  const moved = (type: string): number =>
    shop.commits
      .filter(({ stream }) => stream === `stock-${sku}` || stream.startsWith(`stock-${sku}.`))
      .flatMap(({ events }) => events)
      .reduce((sum, event) => (event.type === type ? sum + (event.data as { quantity: number }).quantity : sum), 0);
  const [received, shipped] = [moved('StockReceived'), moved('StockShipped')];
  must(onHand === received - shipped, `${onHand} on hand of ${received} received and ${shipped} shipped`);
  const reserved = Object.values(reservations).reduce((sum, quantity) => sum + quantity, 0);
  must(available === onHand - reserved, `${available} available of ${onHand} on hand and ${reserved} reserved`);
  must(available >= 0, `${available} available`);
  for (const orderId of orderIds) {
    const { stage } = await orderOf(shop, orderId);
    const fulfilment = await fulfilmentOf(shop, orderId);
    const lines = fulfilment.stage === 'none' ? [] : fulfilment.order.lines;
    const due = stage === 'confirmed' ? lines.find((line) => line.sku === sku)?.quantity : undefined;
    must(
      reservations[orderId] === due,
      `${reservations[orderId]} reserved for ${orderId}, which is ${stage}, and not ${due}`,
    );
  }
  return [...wrong, ...(await strandedIn(shop, sku))];
}

/**
 * What is free is where an order finds it: in the head, in a stream that the head knows to be in use, or on the way between the
 * two, which is completed before an order is refused.
 */
async function strandedIn(shop: Shop, sku: string): Promise<readonly string[]> {
  const [head, ...others] = await stockOf(shop, sku);
  const isFound = (stream: number): boolean =>
    head?.active.includes(stream) || head?.transfers.some((transfer) => transfer.stream === stream) || false;
  return others.flatMap((state, index) =>
    freeOf(state) > 0 && !isFound(index + 1)
      ? [`Stock of ${sku}: ${freeOf(state)} stranded in stream ${index + 1}`]
      : [],
  );
}
