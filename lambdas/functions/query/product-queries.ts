// Queries on products. The list is a strongly consistent scan: each page reads its own rows only, needs no index that every
// stock change would write to, and shows what a token brought up to date.
import { getProduct, getProducts } from '../../api/product-operations.ts';
import type { View } from '../../kernel/view.ts';
import { PRODUCT_LIST_TAG, type ProductView, productTag } from '../../read-models/catalogue.ts';
import { type Caching, keptIf } from '../../runtime/http/caching.ts';
import { type Endpoint, publicEndpoint } from '../../runtime/http/endpoint.ts';
import { notFound } from '../../runtime/http/problem.ts';
import { conditionalResponse } from '../../runtime/http/response.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { listResponse } from './list-response.ts';
import { checkReached, rowsOfTokens } from './read-model.ts';
import { viewEtag } from './view-etag.ts';
import { pageOfViews } from './view-page.ts';
import { type ViewModel, viewOf } from './views.ts';

const LIST = 'products';

export function productQueries<Own, Other>(model: ViewModel<Own, Other, ProductView>, caching: Caching): Endpoint[] {
  const collection = model.projection.name;
  return [
    publicEndpoint(getProduct, async ({ path: { sku }, query, headers }) => {
      const view = await viewOf(model, `product-${sku}`, query.consistentWith);
      if (!view) throw notFound(`There is no product ${sku}.`);
      const cacheHeaders = caching.shared([productTag(sku), collection]);
      return conditionalResponse(toBody(view), viewEtag(view), cacheHeaders, headers['if-none-match']);
    }),
    publicEndpoint(getProducts, async ({ query, headers }) => {
      for (const row of await rowsOfTokens(model, query.consistentWith)) checkReached(row, query.consistentWith);
      const after = decodeCursor(LIST, query.cursor, { stream: undefined });
      const { views, isWhole, end } = await pageOfViews(model, query.limit, after?.['stream']);
      const nextCursor = end === undefined ? undefined : encodeCursor(LIST, { stream: end });
      const body = { products: views.map(toBody), ...(nextCursor && { nextCursor }) };
      const cacheHeaders = keptIf(isWhole, caching.shared([PRODUCT_LIST_TAG, collection]));
      return listResponse(body, cacheHeaders, headers['if-none-match']);
    }),
  ];
}

const toBody = ({ shown, version }: View<ProductView>) => ({ ...shown, version });
