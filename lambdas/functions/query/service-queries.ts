// What the service says about itself.
import { openApiDocument } from '../../api/openapi.ts';
import { getHealth, getOpenApi } from '../../api/service-operations.ts';
import { type Endpoint, publicEndpoint } from '../../runtime/http/endpoint.ts';
import { jsonResponse } from '../../runtime/http/response.ts';
import { listResponse } from './list-response.ts';

export const serviceQueries = (): Endpoint[] => [
  publicEndpoint(getHealth, async () => jsonResponse(200, { status: 'ok' }, { 'cache-control': 'no-store' })),
  publicEndpoint(getOpenApi, async ({ headers }) =>
    listResponse(openApiDocument(), { 'cache-control': 'public, max-age=300' }, headers['if-none-match']),
  ),
];
