// An answer that is kept, and how it may be used as it ages. The rules are HTTP's (RFC 9111, by http-cache-semantics) and, for
// errors, CloudFront's.
import CachePolicy from 'http-cache-semantics';
import { cacheTags } from './cache-tags.ts';
import type { EdgeResponse } from './edge-response.ts';
import type { NamedObject } from './invalidation.ts';

/** A request reduced to the cache key: with the headers that belong to it. */
export interface ObjectRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface KeepingRules {
  readonly maxTtlInSeconds: number;
  readonly errorTtlsInSeconds: ReadonlyMap<number, number>;
  /** Name in lower case of the header with the cache tags. */
  readonly tagHeader?: string;
}

export interface StoredObject extends NamedObject {
  readonly response: EdgeResponse;
  readonly policy: CachePolicy;
  readonly lifetimeInSeconds: number;
}

/** No heuristic lifetimes: an answer is fresh only as long as it says. */
const sharedCache = { shared: true, cacheHeuristic: 0, immutableMinTimeToLive: 0 };

/** @returns undefined for an answer that must not be kept */
export function storedObject(
  request: ObjectRequest,
  response: EdgeResponse,
  rules: KeepingRules,
): StoredObject | undefined {
  const { statusCode: status, headers } = response;
  return kept(request, response, new CachePolicy(request, { status, headers }, sharedCache), rules);
}

function kept(
  request: ObjectRequest,
  response: EdgeResponse,
  policy: CachePolicy,
  { maxTtlInSeconds, errorTtlsInSeconds, tagHeader }: KeepingRules,
): StoredObject | undefined {
  // What sets cookies is for one viewer alone; CloudFront would hand it to all.
  const setsCookies = response.headers['set-cookie'] !== undefined || (response.cookies ?? []).length > 0;
  const asTheOriginSays = policy.storable() ? Math.min(policy.maxAge(), maxTtlInSeconds) : 0;
  const lifetimeInSeconds = Math.max(asTheOriginSays, errorTtl(response.statusCode, policy, errorTtlsInSeconds));
  if (setsCookies || lifetimeInSeconds <= policy.age()) return undefined;
  const tags = cacheTags(tagHeader && response.headers[tagHeader]);
  return { url: request.url, tags, response, policy, lifetimeInSeconds };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html */
const keptErrors = [404, 410, 414, 500, 501, 502, 503, 504];
/** Of the others CloudFront keeps even what says no-store. */
const errorsThatMayForbid = [404, 410, 414, 501];
const defaultErrorTtlInSeconds = 10;

function errorTtl(status: number, policy: CachePolicy, ttls: KeepingRules['errorTtlsInSeconds']): number {
  const isForbidden = errorsThatMayForbid.includes(status) && !policy.storable();
  return keptErrors.includes(status) && !isForbidden ? (ttls.get(status) ?? defaultErrorTtlInSeconds) : 0;
}

/** How the object may be used now: as the answer, as the answer while it is revalidated, or only after revalidation. */
export function freshness(
  { policy, lifetimeInSeconds, response }: StoredObject,
  request: ObjectRequest,
): 'fresh' | 'stale while revalidating' | 'stale' {
  if (policy.age() < lifetimeInSeconds) return 'fresh';
  if (response.statusCode >= 400) return 'stale';
  // http-cache-semantics takes must-revalidate to hold for fresh objects too, so it is asked about the others alone.
  const { revalidation } = policy.evaluateRequest(request);
  return revalidation?.synchronous === false ? 'stale while revalidating' : 'stale';
}

/** The answer as it goes out now: with its age, without what was meant for the one hop from the origin. */
export const answerFrom = ({ policy, response }: StoredObject): EdgeResponse => ({
  ...response,
  headers: singleValues(policy.responseHeaders()),
});

/** The headers that make a request for the object a conditional one. */
export function conditionsOf({ policy }: StoredObject, request: ObjectRequest): Record<string, string> {
  const { 'if-none-match': tags, 'if-modified-since': time } = policy.revalidationHeaders(request);
  return singleValues({ 'if-none-match': tags, 'if-modified-since': time });
}

/** How a revalidation ended: the object is still good, the origin failed and it is good enough, or there is a new answer. */
export type Revalidated =
  | { readonly kind: 'not modified'; readonly answer: EdgeResponse; readonly object: StoredObject | undefined }
  | { readonly kind: 'good enough' }
  | { readonly kind: 'modified' };

export function revalidated(
  stored: StoredObject,
  request: ObjectRequest,
  { statusCode: status, headers }: EdgeResponse,
  rules: KeepingRules,
): Revalidated {
  const { policy, matches } = stored.policy.revalidatedPolicy(request, { status, headers });
  if (!matches) return { kind: 'modified' };
  if (policy === stored.policy) return { kind: 'good enough' };
  const answer = { ...stored.response, headers: singleValues(policy.responseHeaders()) };
  return { kind: 'not modified', answer, object: kept(request, answer, policy, rules) };
}

const singleValues = (headers: CachePolicy.Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
