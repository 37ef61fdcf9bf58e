import { queryFunction } from '../../spine/functions/query-function.ts';
import { required } from '../../spine/runtime/environment.ts';
import { api } from '../api.ts';
import { paymentToken } from '../api-values.ts';
import { PAYMENT_PROVIDER } from '../bindings/environment.ts';
import { customerOrdersQuery } from '../orders/customer-order-query.ts';
import { customerOrders } from '../orders/customer-orders.ts';
import { orderDetail } from '../orders/order-detail.ts';
import { orderQueries } from '../orders/order-queries.ts';
import { orderStoryQuery } from '../orders/order-story.ts';
import { paymentTokens } from '../payments/providers/payment-tokens.ts';
import { providerNamed } from '../payments/providers/provider-name.ts';
import { catalogue } from '../products/catalogue.ts';
import { productQueries } from '../products/product-queries.ts';

const tokens = paymentTokens[providerNamed(required(PAYMENT_PROVIDER))];

export const handler = queryFunction(
  api,
  ({ store, modelOf, authenticate, caching }) => [
    ...orderQueries(modelOf(orderDetail), authenticate, caching),
    orderStoryQuery(store, authenticate),
    customerOrdersQuery(modelOf(customerOrders), authenticate, caching),
    ...productQueries(modelOf(catalogue), caching),
  ],
  new Map([[paymentToken, tokens.schema]]),
);
