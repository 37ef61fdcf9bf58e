import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { digest } from '../../kernel/idempotency.ts';
import type { CacheHeaders } from '../../runtime/http/caching.ts';
import { conditionalResponse, etagOf } from '../../runtime/http/response.ts';

/** A list has no version of its own: its tag is a digest of what it says. */
export const listResponse = (
  body: unknown,
  cacheHeaders: CacheHeaders,
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 =>
  conditionalResponse(body, etagOf(digest(JSON.stringify(body))), cacheHeaders, ifNoneMatch);
