// What people do in the shop: staff stock it, customers order, look and cancel, and their banks answer late.
import { type Commit, categoryOf, idOf } from '../../../lambdas/spine/kernel/envelope.ts';
import type { Act } from '../../../lambdas/spine/testing/simulator/application.ts';
import type { Chance } from '../../../lambdas/spine/testing/simulator/world/chance.ts';
import type { Outside } from './outside.ts';
import { answerLate } from './people/bank.ts';
import { cancel, look, place } from './people/customers.ts';
import { type PlacedOrder, placed } from './people/placed-order.ts';
import { openStreams, receive, reprice, shelve, ship } from './people/staff.ts';
import { SKUS } from './skus.ts';

const MOST_ORDERS = 4;
/** All that people do begins within one of these: the shorter, the more of it meets. */
const BUSY_IN_MILLIS = [500, 5_000, 60_000] as const;
const LATEST_CALLBACK_IN_MILLIS = 40 * 60_000;

export const orderIdsIn = (commits: readonly Commit[]): string[] => [
  ...new Set(commits.filter(({ stream }) => categoryOf(stream) === 'order').map(({ stream }) => idOf(stream))),
];

export function acts(chance: Chance): Act<Outside>[] {
  const some = (site: string, count: number) => 1 + chance.below(site, count);
  const busyInMillis = chance.among('busy', BUSY_IN_MILLIS);
  const soon = (site: string) => 2_000 + chance.at(site) * busyInMillis;
  const orders = Array.from({ length: some('orders', MOST_ORDERS) }, (_, number) => placed(chance, number));
  const onShelf = SKUS.map((sku) => shelve(sku, some(`stock of ${sku}`, 6)));
  const extra = SKUS.flatMap((sku) => [
    ...(chance.happens(`more of ${sku}`, 0.3) ? [receive(`more of ${sku}`, soon(`when more of ${sku}`), sku, 3)] : []),
    ...(chance.happens(`streams of ${sku}`, 0.3)
      ? [openStreams(soon(`when streams of ${sku}`), sku, some('streams', 3))]
      : []),
    ...(chance.happens(`price of ${sku}`, 0.2) ? [reprice(soon(`when price of ${sku}`), sku)] : []),
  ]);
  return [...onShelf, ...extra, ...orders.flatMap((order) => ofOrder(chance, order, soon, busyInMillis))];
}

function ofOrder(
  chance: Chance,
  order: PlacedOrder,
  soon: (site: string) => number,
  busyInMillis: number,
): Act<Outside>[] {
  const { number, orderId } = order;
  const mayDo = (what: string, share: number, act: () => Act<Outside>) =>
    chance.happens(`${what} ${number}`, share) ? [act()] : [];
  const at = soon(`when ${number}`);
  const later = (what: string) => at + chance.at(`when ${what} ${number}`) * 2 * busyInMillis;
  const callback = (outcome: 'captured' | 'declined'): Act<Outside> => ({
    name: `the bank of order ${number}: ${outcome}`,
    inMillis: at + chance.at(`when bank ${number}`) * LATEST_CALLBACK_IN_MILLIS,
    run: (client, outside) => answerLate(client, outside, orderId, outcome),
  });
  return [
    place(chance, order, at),
    look(chance, order, at + 1_000),
    ...mayDo('cancel', 0.3, () => cancel(order, later('cancel'))),
    ...mayDo('ship', 0.5, () => ship(order, later('ship'))),
    ...mayDo('capture late', 0.4, () => callback('captured')),
    ...mayDo('decline late', 0.2, () => callback('declined')),
  ];
}
