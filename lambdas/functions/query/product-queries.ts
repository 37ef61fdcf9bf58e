// Queries on products. The list is a strongly consistent scan: each page reads its own rows only, needs no index that every
// stock change would write to, and shows what a token brought up to date.
import { getProduct, getProducts } from '../../api/product-operations.ts';
import type { Row } from '../../kernel/projection.ts';
import { PRODUCT_LIST_TAG, type ProductView, productTag } from '../../read-models/catalogue.ts';
import { type Caching, keptIf } from '../../runtime/http/caching.ts';
import { type Endpoint, publicEndpoint } from '../../runtime/http/endpoint.ts';
import { notFound } from '../../runtime/http/problem.ts';
import { conditionalResponse, versionEtag } from '../../runtime/http/response.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { listResponse } from './list-response.ts';
import { checkReached, inCurrentGeneration, type ReadModel, rowOf, rowsOfTokens } from './read-model.ts';

const LIST = 'products';

export function productQueries(model: ReadModel<ProductView>, caching: Caching): Endpoint[] {
  const collection = model.projection.name;
  return [
    publicEndpoint(getProduct, async ({ path: { sku }, query, headers }) => {
      const row = await rowOf(model, `product-${sku}`, query.consistentWith);
      if (!row) throw notFound(`There is no product ${sku}.`);
      checkReached(row, query.consistentWith);
      const cacheHeaders = caching.shared([productTag(sku), collection]);
      return conditionalResponse(toBody(row), versionEtag(row), cacheHeaders, headers['if-none-match']);
    }),
    publicEndpoint(getProducts, async ({ query, headers }) => {
      for (const row of await rowsOfTokens(model, query.consistentWith)) checkReached(row, query.consistentWith);
      const after = decodeCursor(LIST, query.cursor, { stream: undefined });
      const { rows } = await model.table.scan({ limit: query.limit + 1, after });
      const onPage = rows.slice(0, query.limit);
      const page = await inCurrentGeneration(model, onPage);
      const last = onPage.at(-1);
      const nextCursor = rows.length > query.limit && last ? encodeCursor(LIST, { stream: last.stream }) : undefined;
      const body = { products: page.rows.map(toBody), ...(nextCursor && { nextCursor }) };
      const cacheHeaders = keptIf(page.isWhole, caching.shared([PRODUCT_LIST_TAG, collection]));
      return listResponse(body, cacheHeaders, headers['if-none-match']);
    }),
  ];
}

const toBody = ({ view, version }: Row<ProductView>) => ({ ...view, version });
