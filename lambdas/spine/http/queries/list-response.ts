import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { digest } from '../../kernel/keys/idempotency.ts';
import type { CacheHeaders } from '../caching/caching.ts';
import { type Conditions, conditionalResponse, etagOf } from '../response.ts';

/** A list has no version of its own: its tag is a digest of what it says. */
export const listResponse = (
  body: unknown,
  cacheHeaders: CacheHeaders,
  conditions: Conditions,
): APIGatewayProxyStructuredResultV2 =>
  conditionalResponse(body, { etag: etagOf(digest(JSON.stringify(body))) }, cacheHeaders, conditions);
