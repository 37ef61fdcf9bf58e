// How many orders of a customer await payment, by the read model. It is a moment behind, so a burst may overshoot the limit by
// what is on its way.

import { logger } from '../../spine/runtime/logger.ts';
import type { PlaceOrder } from './place-order.ts';

/** Without an answer the order is placed: a guard that cannot be read must not close the shop. */
export type OpenOrders = (customerId: string) => Promise<PlaceOrder['openOrders']>;

/**
 * @param count counts up to `atMost`
 * @param allowed how many a customer may have
 */
export const openOrders =
  (count: (customerId: string, atMost: number) => Promise<number>, allowed: number): OpenOrders =>
  async (customerId) => {
    try {
      return { counted: await count(customerId, allowed), allowed };
    } catch (error) {
      logger.error('The open orders of a customer could not be counted; the order is placed', {
        error: error as Error,
      });
      return undefined;
    }
  };
