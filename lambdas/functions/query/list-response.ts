import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { digest } from '../../kernel/idempotency.ts';
import { conditionalResponse, etagOf } from '../../runtime/http/response.ts';

/** A list has no version of its own: its tag is a digest of what it says. */
export const listResponse = (
  body: unknown,
  cacheControl: string,
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 =>
  conditionalResponse(body, { etag: etagOf(digest(JSON.stringify(body))), cacheControl }, ifNoneMatch);
