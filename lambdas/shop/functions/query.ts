import { dynamoDbClient } from '../../spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../spine/aws/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../spine/aws/dynamodb/read-table.ts';
import {
  EVENT_TABLE,
  ORIGIN_SECRET,
  PAYMENT_PROVIDER,
  readTableVariable,
  SHARED_LIFETIME_SECONDS,
} from '../../spine/bindings/environment.ts';
import { stageCaching } from '../../spine/http/caching/caching.ts';
import { httpHandler } from '../../spine/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../spine/http/request/token-settings.ts';
import { serviceQueries } from '../../spine/http/service/queries.ts';
import type { Projection } from '../../spine/kernel/projections/projection.ts';
import { optional, optionalCount, required } from '../../spine/runtime/environment.ts';
import { paymentToken } from '../api-values.ts';
import { customerOrdersQuery } from '../orders/customer-order-query.ts';
import { customerOrders } from '../orders/customer-orders.ts';
import { orderDetail } from '../orders/order-detail.ts';
import { orderQueries } from '../orders/order-queries.ts';
import { orderStoryQuery } from '../orders/order-story.ts';
import { paymentTokens } from '../payments/providers/payment-tokens.ts';
import { providerNamed } from '../payments/providers/provider-name.ts';
import { catalogue } from '../products/catalogue.ts';
import { productQueries } from '../products/product-queries.ts';

const client = dynamoDbClient();
const store = dynamoDbEventStore(client, required(EVENT_TABLE));
const authenticate = authenticatorFromEnvironment();
const tokens = paymentTokens[providerNamed(required(PAYMENT_PROVIDER))];
const caching = stageCaching(optionalCount(SHARED_LIFETIME_SECONDS));

const readModel = <Part, Made extends Projection<Part>>(projection: Made & Projection<Part>) => ({
  projection,
  store,
  table: dynamoDbReadTable<Part>(client, required(readTableVariable(projection.name)), projection.viewKey),
});

export const handler = httpHandler(
  [
    ...orderQueries(readModel(orderDetail), authenticate, caching),
    orderStoryQuery(store, authenticate),
    customerOrdersQuery(readModel(customerOrders), authenticate, caching),
    ...productQueries(readModel(catalogue), caching),
    ...serviceQueries(new Map([[paymentToken, tokens.schema]])),
  ],
  optional(ORIGIN_SECRET),
);
