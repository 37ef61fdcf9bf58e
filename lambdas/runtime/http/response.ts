// Successful responses, and the conditional ones (RFC 9110, section 13).
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { CacheHeaders } from './caching.ts';
import { isAmong } from './entity-tags.ts';

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

/** The tag of what follows from one stream: `"5"`, or `"5.2"` when the second generation of a projection made it. */
export const versionEtag = ({ version, generation }: { version: number; generation: number }): string =>
  etagOf(generation === 1 ? version : `${version}.${generation}`);

/** 304 without a body when the caller's `If-None-Match` names the current tag, else the body; about caching both say the same. */
export function conditionalResponse(
  body: unknown,
  etag: string,
  cacheHeaders: CacheHeaders,
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 {
  const headers = { etag, ...cacheHeaders };
  return isAmong(ifNoneMatch, etag) ? { statusCode: 304, headers } : jsonResponse(200, body, headers);
}
