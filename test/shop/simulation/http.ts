// The functions behind the shop's API.
import { orderEndpoints } from '../../../lambdas/shop/orders/command-handler.ts';
import { customerOrdersQuery } from '../../../lambdas/shop/orders/customer-order-query.ts';
import { customerOrders, openByCustomer } from '../../../lambdas/shop/orders/customer-orders.ts';
import { openOrders } from '../../../lambdas/shop/orders/open-orders.ts';
import { orderDetail } from '../../../lambdas/shop/orders/order-detail.ts';
import { orderQueries } from '../../../lambdas/shop/orders/order-queries.ts';
import { callbackEndpoint } from '../../../lambdas/shop/payments/callback/handler.ts';
import { paymentTokens } from '../../../lambdas/shop/payments/providers/payment-tokens.ts';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';
import { productEndpoints } from '../../../lambdas/shop/products/command-handler.ts';
import { productQueries } from '../../../lambdas/shop/products/product-queries.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import type { Endpoint } from '../../../lambdas/spine/http/endpoint.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { Authenticate } from '../../../lambdas/spine/http/request/caller.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import type {
  HttpFunction,
  HttpWiring,
  SimulatedApplication,
} from '../../../lambdas/spine/testing/simulator/application.ts';
import type { Instance } from '../../../lambdas/spine/testing/simulator/functions/instance.ts';
import type { Outside } from './outside.ts';

/** What callers prove themselves with here. */
export interface Token {
  readonly customerId: string;
  readonly email?: string;
  readonly isStaff: boolean;
}

export const CALLBACK_SECRET = 'secret';

const OPEN_ORDERS = 20;
const FAR_AWAY_IN_SECONDS = 4_102_444_800;

const authenticate: Authenticate = async (authorization) => ({
  ...(JSON.parse(authorization ?? '{}') as Token),
  isAdmin: false,
  expiresAtInSeconds: FAR_AWAY_IN_SECONDS,
});

function handlerOf({ newId, now }: Instance, endpoints: readonly Endpoint[]): HttpFunction {
  const handle = httpHandler(endpoints, undefined, [], undefined, () => ({ id: newId(), time: now().toISOString() }));
  return (event) => handle(event, {} as never);
}

/** A read model as the version of the code that is deployed has it. */
function modelOf<Part, Made extends Projection<Part>>(
  { version, tableOf, ports }: HttpWiring,
  { name }: Made & Projection<Part>,
) {
  const projection = version.projections.find((each) => each.name === name) as unknown as Made & Projection<Part>;
  return { projection, table: tableOf<Part>(name), store: ports.store };
}

export const http: SimulatedApplication<Outside>['http'] = {
  'orders-command': ({ ports, instance, tableOf }) => {
    const table = tableOf(customerOrders.name);
    const count = async (partition: string, limit: number) =>
      (await table.query(openByCustomer, partition, { limit })).rows.length;
    return handlerOf(
      instance,
      orderEndpoints(ports, authenticate, paymentTokens.sandbox, openOrders(count, OPEN_ORDERS)),
    );
  },
  'products-command': ({ ports, instance }) => handlerOf(instance, productEndpoints(ports, authenticate)),
  'payment-callback': ({ ports, instance }) => {
    const now = () => instance.now().getTime();
    const secret = async () => CALLBACK_SECRET;
    return handlerOf(instance, [
      callbackEndpoint('sandbox', { ...ports, secret, now, countFailedRefund: () => undefined }),
    ]);
  },
  query: (wiring) => {
    const { instance } = wiring;
    const caching = stageCaching(3_600, () => instance.now().getTime());
    return handlerOf(instance, [
      ...orderQueries(modelOf(wiring, orderDetail), authenticate, caching),
      customerOrdersQuery(modelOf(wiring, customerOrders), authenticate, caching),
      ...productQueries(modelOf(wiring, catalogue), caching),
    ]);
  },
};
