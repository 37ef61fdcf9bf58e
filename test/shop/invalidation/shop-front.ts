// The products as the real query function answers with them, for an edge to keep.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { catalogue, type ProductView } from '../../../lambdas/shop/products/catalogue.ts';
import { productQueries } from '../../../lambdas/shop/products/product-queries.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { InMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import type { InMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import type { Answer } from '../../spine/invalidation/edge-model.ts';

export function shopFront(
  store: InMemoryEventStore,
  table: InMemoryReadTable<ProductView>,
  sharedLifetimeInSeconds: number,
) {
  const all = async () => ({ rows: structuredClone([...table.rows.values()]) });
  const model = { projection: catalogue, store, table: { ...table, scan: all, query: all } };
  const handle = httpHandler(productQueries(model, stageCaching(sharedLifetimeInSeconds)));

  /** @param query of the request, without question mark */
  return async (path: string, query = ''): Promise<Answer> => {
    const sku = path.split('/')[2];
    const event = {
      routeKey: sku ? 'GET /products/{sku}' : 'GET /products',
      rawPath: path,
      rawQueryString: query,
      headers: {},
      pathParameters: { ...(sku && { sku }) },
      requestContext: { http: { method: 'GET' } },
    } as unknown as APIGatewayProxyEventV2;
    const { headers = {}, body = '' } = await handle(event, {} as Context);
    const shown = JSON.parse(body);
    const products: { sku: string; version: number }[] = shown.products ?? [shown];
    return {
      path,
      versions: Object.fromEntries(products.map((product) => [`product-${product.sku}`, product.version])),
      tags: String(headers['cache-tag']).split(','),
      lifetimeInSeconds: Number(/s-maxage=(\d+)/.exec(String(headers['cache-control']))?.[1]),
    };
  };
}
