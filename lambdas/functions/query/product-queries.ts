// Queries on products. The list is a strongly consistent scan: each page reads its own rows only, needs no index that every
// stock change would write to, and shows what a token brought up to date.
import { getProduct, getProducts } from '../../api/product-operations.ts';
import type { Row } from '../../kernel/projection.ts';
import type { ProductView } from '../../read-models/catalogue.ts';
import { type Endpoint, publicEndpoint } from '../../runtime/http/endpoint.ts';
import { notFound } from '../../runtime/http/problem.ts';
import { conditionalResponse, etagOf } from '../../runtime/http/response.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { listResponse } from './list-response.ts';
import { checkReached, inCurrentGeneration, type ReadModel, rowOf, rowsOfTokens } from './read-model.ts';

const PUBLIC = 'public, no-cache';
const LIST = 'products';

export function productQueries(model: ReadModel<ProductView>): Endpoint[] {
  return [
    publicEndpoint(getProduct, async ({ path: { sku }, query, headers }) => {
      const row = await rowOf(model, `product-${sku}`, query.consistentWith);
      if (!row) throw notFound(`There is no product ${sku}.`);
      checkReached(row, query.consistentWith);
      const caching = { etag: etagOf(row.version), cacheControl: PUBLIC };
      return conditionalResponse(toBody(row), caching, headers['if-none-match']);
    }),
    publicEndpoint(getProducts, async ({ query, headers }) => {
      for (const row of await rowsOfTokens(model, query.consistentWith)) checkReached(row, query.consistentWith);
      const after = decodeCursor(LIST, query.cursor);
      const { rows } = await model.table.scan({ limit: query.limit + 1, after });
      const page = await inCurrentGeneration(model, rows.slice(0, query.limit));
      const last = page.at(-1);
      const nextCursor = rows.length > query.limit && last ? encodeCursor(LIST, { stream: last.stream }) : undefined;
      const body = { products: page.map(toBody), ...(nextCursor && { nextCursor }) };
      return listResponse(body, PUBLIC, headers['if-none-match']);
    }),
  ];
}

const toBody = ({ view, version }: Row<ProductView>) => ({ ...view, version });
