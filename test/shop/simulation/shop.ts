// The shop as the simulator takes it.
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import { readModels, shop } from '../../../lambdas/shop/shop.ts';
import { subscriptionsOf } from '../../../lambdas/spine/manifest/subscriptions.ts';
import type { SimulatedApplication } from '../../../lambdas/spine/testing/simulator/application.ts';
import { notAtRest } from '../fulfilment/at-rest.ts';
import { acts, orderIdsIn } from './acts.ts';
import { http } from './http.ts';
import { type Outside, outsideOf, providerOf } from './outside.ts';
import { SKUS } from './skus.ts';
import { raised } from './versions.ts';

const PAYMENT_TIMEOUT_IN_SECONDS = 1_200;
const OUTAGE_IN_SECONDS = 12 * 60 * 60;

export const simulatedShop: SimulatedApplication<Outside> = {
  subscriptions: subscriptionsOf(shop),
  versions: [
    { name: 'as it is', projections: readModels, wireVersion: 1 },
    { name: 'next', projections: readModels.map(raised), wireVersion: 2 },
  ],
  outside: outsideOf,
  http,
  processes: {
    'order-fulfilment': (ports, instance, outside) =>
      fulfilOrders({
        ...ports,
        provider: providerOf(instance, outside),
        paymentTimeoutInSeconds: PAYMENT_TIMEOUT_IN_SECONDS,
        outageInSeconds: OUTAGE_IN_SECONDS,
      }),
  },
  notifications: { notifications: orderNotifications },
  acts,
  atRest: ({ events }, { books }) =>
    notAtRest({ store: events.store, commits: events.commits, provider: books }, orderIdsIn(events.commits), SKUS),
};
