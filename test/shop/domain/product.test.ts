import { expect, it } from 'vitest';
import { type ProductCommand, productDecider } from '../../../lambdas/shop/products/decider.ts';
import { FormerStockError, type ProductEvent } from '../../../lambdas/shop/products/events.ts';
import { accept } from '../../../lambdas/spine/kernel/decider.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { given } from '../../../lambdas/spine/testing/given.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';

const product = given(productDecider);
const data = { sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' };
const listed: ProductEvent = { type: 'ProductListed', data };

const rejected = (code: string) => ({ kind: 'rejected', rejection: expect.objectContaining({ code }) });

it('is listed once', () => {
  const list: ProductCommand = { type: 'ListProduct', ...data };
  expect(product().when(list)).toEqual(accept(listed));
  expect(product(listed).when(list)).toEqual(rejected('product_already_listed'));
});

it('does not exist before it is listed', () => {
  expect(product().when({ type: 'ChangePrice', sku: 'A', unitPrice: 1 })).toEqual(rejected('not_found'));
});

it('changes its price, also to the one it has: what was done under a key is known again', () => {
  const change = (unitPrice: number): ProductCommand => ({ type: 'ChangePrice', sku: 'A', unitPrice });
  const changed = (unitPrice: number) => accept({ type: 'ProductPriceChanged', data: { unitPrice } });
  expect(product(listed).when(change(120))).toEqual(changed(120));
  expect(product(listed).when(change(100))).toEqual(changed(100));
});

it('refuses a stream of before stock had streams of its own in one line that says what to do', async () => {
  const store = inMemoryEventStore();
  const commit: Commit = {
    ...{ stream: 'product-A', version: 1, id: 'c', time: '', correlationId: 'c', causationId: 'c' },
    events: [
      { type: 'ProductListed', schemaVersion: '1.0.0', data },
      { type: 'StockReceived', schemaVersion: '1.0.0', data: { quantity: 5 } },
    ],
  };
  await store.append(commit);
  const loading = loadStream(store, productDecider, 'product-A');
  await expect(loading).rejects.toThrow(FormerStockError);
  await expect(loading).rejects.toThrow(/^product-A@1 holds stock .* npm start -- --fresh\)$/);
});
