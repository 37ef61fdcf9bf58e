// What the seed made, and what to look at next.
import type { OrderStatus } from './courses.ts';
import type { SeededOrder } from './place-orders.ts';
import { assortment } from './stock-shop.ts';

const inOrder: readonly OrderStatus[] = ['placed', 'confirmed', 'shipped', 'delivered', 'cancelled', 'rejected'];

export interface Summary {
  readonly apiUrl: string;
  readonly orders: readonly SeededOrder[];
  /** How many were asked for. */
  readonly planned: number;
  /** Whether the shop hands out tokens by itself, as the local host does. */
  readonly isLocal: boolean;
}

export function summary({ apiUrl, orders, planned, isLocal }: Summary): string {
  const counts = inOrder.map((status) => `${orders.filter((order) => order.status === status).length} ${status}`);
  const customers = new Set(orders.map(({ customer }) => customer)).size;
  const older = planned - orders.length;
  return [
    `${assortment.length} products and ${orders.length} orders of ${customers} customers: ${counts.join(', ')}.`,
    ...(older > 0 ? [`${older} more are of a seed whose keys the shop has forgotten; they stay as they are.`] : []),
    '',
    'What to look at next:',
    `  the catalogue       ${apiUrl}/products`,
    `  the API             ${apiUrl}/docs`,
    ...(isLocal ? localSteps(apiUrl, orders) : deployedSteps(apiUrl, orders)),
  ].join('\n');
}

function localSteps(apiUrl: string, orders: readonly SeededOrder[]): string[] {
  const waiting = orders.find(({ status }) => status === 'placed');
  const shown = orders.find(({ status }) => status === 'delivered') ?? orders[0];
  const json = `-H 'Content-Type: application/json'`;
  const bearer = `-H "Authorization: Bearer $TOKEN"`;
  return [
    `  the e-mails         ${apiUrl}/local/emails`,
    ...(shown
      ? [
          `  a customer's token  TOKEN=$(curl -s ${apiUrl}/local/token ${json} -d '{"sub":"${shown.customer}"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
          `  their orders        curl -s ${apiUrl}/customers/me/orders ${bearer}`,
          `  an order's story    curl -s ${apiUrl}/orders/${shown.orderId}/story ${bearer}`,
        ]
      : []),
    ...(waiting
      ? [
          `  a late payment      curl -s ${apiUrl}/local/payments/${waiting.orderId} ${json} -d '{"outcome":"captured"}'`,
        ]
      : []),
  ];
}

const deployedSteps = (apiUrl: string, [order]: readonly SeededOrder[]): string[] =>
  order ? [`  an order            ${apiUrl}/orders/${order.orderId}, with the token of its customer or of staff`] : [];
