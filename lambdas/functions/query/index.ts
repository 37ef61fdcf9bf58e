import { dynamoDbClient } from '../../adapters/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../adapters/dynamodb/read-table.ts';
import { paymentTokens } from '../../adapters/payments/payment-tokens.ts';
import { providerNamed } from '../../adapters/payments/provider-name.ts';
import { paymentToken } from '../../api/values.ts';
import {
  EVENT_TABLE,
  ORIGIN_SECRET,
  PAYMENT_PROVIDER,
  readTableVariable,
  SHARED_LIFETIME_SECONDS,
} from '../../bindings/environment.ts';
import type { Projection } from '../../kernel/projection.ts';
import { catalogue } from '../../read-models/catalogue.ts';
import { customerOrders } from '../../read-models/customer-orders.ts';
import { orderDetail } from '../../read-models/order-detail.ts';
import { optional, optionalCount, required } from '../../runtime/environment.ts';
import { stageCaching } from '../../runtime/http/caching.ts';
import { httpHandler } from '../../runtime/http/http-handler.ts';
import { authenticatorFromEnvironment } from '../../runtime/token-settings.ts';
import { customerOrdersQuery } from './customer-order-query.ts';
import { orderQueries } from './order-queries.ts';
import { orderStoryQuery } from './order-story.ts';
import { productQueries } from './product-queries.ts';
import { serviceQueries } from './service-queries.ts';

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
