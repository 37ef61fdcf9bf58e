// What caches may do with an answer (RFC 9111). Browsers always ask again; an edge keeps the answer until one of its cache
// tags is invalidated, and for the shared lifetime at most. An answer to a caller is kept no longer than the caller's token
// is valid, because the edge gives it to whoever sends the same token without asking us.
import { CACHE_TAG_HEADER } from '../../bindings/edge.ts';
import type { Caller } from '../request/caller.ts';

/** `Cache-Control` and what belongs to it, by lower-case names. */
export interface CacheHeaders {
  readonly 'cache-control': string;
  readonly [name: string]: string;
}

export interface Caching {
  /** For a caller's own data as they are now. */
  current(caller: Caller, tags: readonly string[]): CacheHeaders;
  /** For a caller's own data at a version: they never change. */
  past(caller: Caller, tags: readonly string[]): CacheHeaders;
  /** For what is the same for everyone. */
  shared(tags: readonly string[]): CacheHeaders;
}

/** For answers that no edge keeps, whatever the stage has. */
export const NOT_SHARED: CacheHeaders = { 'cache-control': 'private, no-cache' };

/** For an answer that no cache may keep unless it is whole. */
export const keptIf = (isWhole: boolean, headers: CacheHeaders): CacheHeaders =>
  isWhole ? headers : { 'cache-control': 'no-store' };

const YEAR_IN_SECONDS = 31_536_000;
/** How long the edge may serve what everyone sees as it last was while the API fails (RFC 5861). */
const STALE_IN_SECONDS = 300;

/**
 * @param sharedLifetimeInSeconds how long an edge may keep an answer; `undefined` on a stage without one
 * @param now milliseconds since 1970
 */
export const stageCaching = (sharedLifetimeInSeconds: number | undefined, now: () => number = Date.now): Caching =>
  sharedLifetimeInSeconds === undefined ? withoutEdge : behindEdge(sharedLifetimeInSeconds, now);

const withoutEdge: Caching = {
  current: () => NOT_SHARED,
  past: () => ({ 'cache-control': `private, max-age=${YEAR_IN_SECONDS}, immutable` }),
  shared: () => ({ 'cache-control': 'public, no-cache' }),
};

function behindEdge(sharedLifetimeInSeconds: number, now: () => number): Caching {
  const lifetimeFor = ({ expiresAtInSeconds }: Caller): number =>
    Math.max(0, Math.min(sharedLifetimeInSeconds, Math.floor(expiresAtInSeconds - now() / 1000)));
  const own = (cacheControl: string, tags: readonly string[]): CacheHeaders => ({
    'cache-control': cacheControl,
    vary: 'authorization',
    [CACHE_TAG_HEADER]: tags.join(','),
  });
  return {
    // Without stale-if-error CloudFront would serve what it has when the API fails, as it may any stale answer.
    current: (caller, tags) =>
      own(`max-age=0, s-maxage=${lifetimeFor(caller)}, must-revalidate, stale-if-error=0`, tags),
    past: (caller, tags) => own(`max-age=${YEAR_IN_SECONDS}, s-maxage=${lifetimeFor(caller)}, immutable`, tags),
    shared: (tags) => ({
      'cache-control': `public, max-age=0, s-maxage=${sharedLifetimeInSeconds}, stale-if-error=${STALE_IN_SECONDS}`,
      [CACHE_TAG_HEADER]: tags.join(','),
    }),
  };
}
