// Successful responses, and the conditional ones (RFC 9110, section 13).
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { CacheHeaders } from './caching/caching.ts';
import { isAmong } from './caching/entity-tags.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export const jsonResponse = (
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': JSON_TYPE, ...headers },
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
  const headers = { 'content-type': JSON_TYPE, etag, ...cacheHeaders };
  return conditionalText(JSON.stringify(body), headers, ifNoneMatch);
}

/** The same for a text that is made already. */
export function conditionalText(
  body: string,
  headers: { readonly etag: string; readonly 'content-type': string; readonly [name: string]: string },
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 {
  if (!isAmong(ifNoneMatch, headers.etag)) return { statusCode: 200, headers, body };
  const { 'content-type': _, ...kept } = headers;
  return { statusCode: 304, headers: kept };
}
