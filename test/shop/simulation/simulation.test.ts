// The whole shop under whatever can go wrong, from seeds. `npm run simulate` runs more of them and tells one in full.
import { expect, it } from 'vitest';
import { simulate } from '../../../lambdas/spine/testing/simulator/simulate.ts';
import { simulatedShop } from './shop.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 200);

it(`comes to rest as it must be, from ${SEEDS} seeds`, { timeout: Math.max(300_000, 1_500 * SEEDS) }, async () => {
  const told = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations, story } = await simulate(simulatedShop, { seed });
    expect(violations, `npm run simulate -- --seed ${seed}`).toEqual([]);
    for (const { what } of story) told.add(/^append (\w+)/.exec(what)?.[1] ?? '');
  }
  expect([...told]).toEqual(
    expect.arrayContaining([
      ...['OrderConfirmed', 'OrderRejected', 'OrderCancelled', 'OrderShipped', 'OrderDelivered', 'OrderRefunded'],
      ...['StockReleased', 'StockShipped', 'StockAllotted', 'PaymentDeclined', 'PaymentAbandoned', 'PaymentRefunded'],
      ...['LineMoved', 'EmailSent', 'EmailReleased', 'EmailRefused'],
    ]),
  );
});
