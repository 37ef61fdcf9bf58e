// What is expected of every world that has come to rest.
import { expect } from 'vitest';
import { notAtRest, type Shop } from './at-rest.ts';

export const expectRest = async (shop: Shop, orderIds: readonly string[], skus: readonly string[]): Promise<void> =>
  expect(await notAtRest(shop, orderIds, skus)).toEqual([]);
