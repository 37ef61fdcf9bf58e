// What the edge makes of a viewer's request: the one that tells objects apart, and the one that the origin gets.
import type { HttpRequest } from '../gateway/http-exchange.ts';
import { withoutConditions } from './conditional.ts';
import type { CacheBehavior } from './distribution.ts';
import { eitherParts, partsOf } from './request-parts.ts';
import type { ObjectRequest } from './stored-object.ts';

export function objectRequest(request: HttpRequest, { cache }: CacheBehavior): ObjectRequest {
  const { headers, query } = partsOf(request, cache.key);
  const { method, path } = request;
  return { method, url: query === '' ? path : `${path}?${query}`, headers };
}

/** @param conditions take the place of the viewer's; undefined leaves those */
export function originRequest(
  request: HttpRequest,
  { cache, forwarded, origin }: CacheBehavior,
  conditions: HttpRequest['headers'] | undefined,
): HttpRequest {
  const { headers, query } = partsOf(request, eitherParts(cache.key, forwarded));
  const conditional = conditions === undefined ? headers : { ...withoutConditions(headers), ...conditions };
  return { ...request, query, headers: { ...conditional, host: origin.domainName, ...origin.customHeaders } };
}
