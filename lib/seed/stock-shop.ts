// Puts the products on offer, with their stock.
import pMap from 'p-map';
import type { ShopApi } from '../deployment/shop-api.ts';
import { succeeded } from '../deployment/shop-api.ts';
import { limitedEdition, products, type SeedProduct } from './products.ts';

export const assortment: readonly SeedProduct[] = [...products, limitedEdition];

const CONCURRENCY = 4;

/** @param staff the API for the clerk @param onProduct called after each */
export async function stockShop(staff: ShopApi, onProduct: () => void): Promise<void> {
  await pMap(
    assortment,
    async (product) => {
      if (await isListedBefore(staff, product)) return onProduct();
      const { sku, stock } = product;
      const path = `/products/${sku}/stock`;
      succeeded(path, await staff.post(path, { quantity: stock }, `seed-stock-${sku}`));
      onProduct();
    },
    { concurrency: CONCURRENCY },
  );
}

/** Whether the keys of an earlier seed, the stock's included, are forgotten, or the product is somebody else's. */
async function isListedBefore(staff: ShopApi, { sku, name, unitPrice }: SeedProduct): Promise<boolean> {
  const answer = await staff.post('/products', { sku, name, unitPrice, currency: 'EUR' }, `seed-product-${sku}`);
  if (answer.status === 409 || answer.status === 422) return true;
  succeeded('/products', answer);
  return false;
}

/** Once the orders are placed, so that they show the price of their day. */
export async function changePrices(staff: ShopApi): Promise<void> {
  for (const { sku, newPrice } of products) {
    if (newPrice === undefined) continue;
    const path = `/products/${sku}/price`;
    succeeded(path, await staff.post(path, { unitPrice: newPrice }, `seed-price-${sku}`));
  }
}
