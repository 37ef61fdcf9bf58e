// Rows of the catalogue that the code before this one folded: of the head's transfers it kept the newest 40, settled or not.
import { expect, it } from 'vitest';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { availableIn, type StockPart } from '../../../lambdas/shop/stock/stock-part.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { projector } from '../../../lambdas/spine/functions/projector/handler.ts';
import { hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';

const GENERATION_OF_BEFORE = 1;

it('are folded anew, so that an allotment which they lack is not missing from what is available', async () => {
  const store = inMemoryEventStore();
  const table = inMemoryReadTable<StockPart>();
  const onStock = (command: object) =>
    run(store, stockDecider, 'stock-A', { sku: 'A', isListed: true, ...command } as never);
  await onStock({ type: 'ReceiveStock', quantity: 100 });
  await onStock({ type: 'MoveStock', recall: [], allot: { to: 1, quantity: 40 } });
  const part = { sku: 'A', number: 0, version: 2, free: 60, transfers: [], done: [] };
  await table.put({ stream: 'stock-A', version: 2, generation: GENERATION_OF_BEFORE, part }, {});
  await onStock({ type: 'ReceiveStock', quantity: 1 });
  const handle = projector(catalogue as never, {
    ...{ store, table, ownQueue: noOwnQueue, now: () => new Date(), invalidations: undefined },
  });
  const newest = store.commits('stock-A').slice(-1).map(hintOf).map(encodeHint);
  await handle({ Records: [{ messageId: 'm', body: encodeBundle(newest) }] } as never);
  const row = table.rows.get('stock-A');
  expect(availableIn(row ? [row.part] : [])).toBe(101);
});
