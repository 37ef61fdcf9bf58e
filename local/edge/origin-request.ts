// Turns a viewer's request into the cache key and into the request to the origin.
import type { HttpRequest } from '../gateway/http-exchange.ts';
import { acceptedCodings } from './compression.ts';
import { withoutConditions } from './conditional.ts';
import type { CacheBehavior } from './distribution.ts';
import type { CacheRules } from './policies.ts';
import { eitherParts, partsOf } from './request-parts.ts';
import type { ObjectRequest } from './stored-object.ts';

export function objectRequest(request: HttpRequest, { cache }: CacheBehavior): ObjectRequest {
  const { query, ...parts } = partsOf(request, cache.key);
  const headers = { ...parts.headers, ...acceptEncoding(request, cache) };
  const { method, path } = request;
  return { method, url: query === '' ? path : `${path}?${query}`, headers };
}

/** @param conditions take the place of the viewer's; undefined leaves those */
export function originRequest(
  request: HttpRequest,
  { cache, forwarded, origin }: CacheBehavior,
  conditions: HttpRequest['headers'] | undefined,
): HttpRequest {
  const { query, ...parts } = partsOf(request, eitherParts(cache.key, forwarded));
  const headers = cache.codings.length > 0 ? withCodings(parts.headers, request, cache) : parts.headers;
  const conditional = conditions === undefined ? headers : { ...withoutConditions(headers), ...conditions };
  return { ...request, query, headers: { ...conditional, host: origin.domainName, ...origin.customHeaders } };
}

/** As CloudFront normalises it: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html */
function acceptEncoding(request: HttpRequest, { codings }: CacheRules): HttpRequest['headers'] {
  const accepted = acceptedCodings(request, codings);
  return accepted.length === 0 ? {} : { 'accept-encoding': accepted.join(',') };
}

function withCodings(headers: HttpRequest['headers'], request: HttpRequest, rules: CacheRules): HttpRequest['headers'] {
  const { 'accept-encoding': _, ...others } = headers;
  return { ...others, ...acceptEncoding(request, rules) };
}
