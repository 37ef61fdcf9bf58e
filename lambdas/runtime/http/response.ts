// Successful responses, and the conditional ones (RFC 9110, section 13).
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export const jsonResponse = (
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

export const etagOf = (tag: number | string): string => `"${tag}"`;

/** 304 without a body when the caller's `If-None-Match` names the current tag, else the body. */
export function conditionalResponse(
  body: unknown,
  caching: { readonly etag: string; readonly cacheControl: string },
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 {
  const headers = { etag: caching.etag, 'cache-control': caching.cacheControl };
  return matches(ifNoneMatch, caching.etag) ? { statusCode: 304, headers } : jsonResponse(200, body, headers);
}

const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((candidate) => ['*', etag, `W/${etag}`].includes(candidate.trim()));
