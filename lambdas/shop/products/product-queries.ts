// Queries on products. The list is a strongly consistent scan: each page reads its own rows only, needs no index that every
// stock change would write to, and shows what a token brought up to date.

import { type Caching, keptIf } from '../../spine/http/caching/caching.ts';
import { type Endpoint, publicEndpoint } from '../../spine/http/endpoint.ts';
import { notFound } from '../../spine/http/problem.ts';
import { decodeCursor, encodeCursor } from '../../spine/http/queries/cursor.ts';
import { listResponse } from '../../spine/http/queries/list-response.ts';
import { checkReached, rowsOfTokens } from '../../spine/http/queries/read-model.ts';
import { pageOfViews } from '../../spine/http/queries/view-page.ts';
import { viewValidators } from '../../spine/http/queries/view-validators.ts';
import { type ViewModel, viewOf } from '../../spine/http/queries/views.ts';
import { conditionalResponse } from '../../spine/http/response.ts';
import { streamOf } from '../../spine/kernel/envelope.ts';
import type { View } from '../../spine/kernel/projections/view.ts';
import { PRODUCT_LIST_TAG, type ProductView, productTag } from './catalogue.ts';
import { getProduct, getProducts } from './operations.ts';

const LIST = 'products';

export function productQueries<Own, Other>(model: ViewModel<Own, Other, ProductView>, caching: Caching): Endpoint[] {
  const collection = model.projection.name;
  return [
    publicEndpoint(getProduct, async ({ path: { sku }, query, headers }) => {
      const view = await viewOf(model, streamOf('product', sku), query.consistentWith);
      if (!view) throw notFound(`There is no product ${sku}.`);
      const cacheHeaders = caching.shared([productTag(sku), collection]);
      return conditionalResponse(toBody(view), viewValidators(view), cacheHeaders, headers);
    }),
    publicEndpoint(getProducts, async ({ query, headers }) => {
      for (const row of await rowsOfTokens(model, query.consistentWith)) checkReached(row, query.consistentWith);
      const after = decodeCursor(LIST, query.cursor, { stream: undefined });
      const { views, isWhole, end } = await pageOfViews(model, query.limit, after?.['stream']);
      const nextCursor = end === undefined ? undefined : encodeCursor(LIST, { stream: end });
      const body = { products: views.map(toBody), ...(nextCursor && { nextCursor }) };
      const cacheHeaders = keptIf(isWhole, caching.shared([PRODUCT_LIST_TAG, collection]));
      return listResponse(body, cacheHeaders, headers);
    }),
  ];
}

const toBody = ({ shown, version }: View<ProductView>) => ({ ...shown, version });
