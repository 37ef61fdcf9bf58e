// Answers requests for objects: from the cache if it may, else from the origin, whose answers it keeps if it may.
import type { EdgeResponse } from './edge-response.ts';
import { Fetches, type IsOvertaken } from './fetches.ts';
import type { InvalidationItem } from './invalidation.ts';
import { type CacheLimits, ObjectCache } from './object-cache.ts';
import {
  answerFrom,
  conditionsOf,
  freshness,
  type KeepingRules,
  type ObjectRequest,
  revalidated,
  type StoredObject,
  storedObject,
} from './stored-object.ts';

/** Where an answer came from, in the words of `X-Cache`. */
export type CacheResult = 'Hit' | 'Miss' | 'RefreshHit';

export interface CachedAnswer {
  readonly result: CacheResult;
  readonly response: EdgeResponse;
}

export interface Lookup {
  readonly request: ObjectRequest;
  readonly rules: KeepingRules;
  /**
   * Asks the origin.
   * @param conditions what makes the request a conditional one, in the place of the viewer's own conditions; undefined leaves those
   */
  readonly fetch: (conditions?: Readonly<Record<string, string>>) => Promise<EdgeResponse>;
}

export class EdgeCache {
  readonly #objects: ObjectCache;
  readonly #fetches = new Fetches();

  constructor(limits: CacheLimits) {
    this.#objects = new ObjectCache(limits);
  }

  async answer(lookup: Lookup): Promise<CachedAnswer> {
    const key = keyOf(lookup.request);
    const found = this.#usable(key, lookup);
    if (found !== undefined) return hit(found);
    const underWay = this.#fetches.underWay(key);
    if (underWay !== undefined) {
      await underWay;
      const fetched = this.#usable(key, lookup);
      if (fetched !== undefined) return hit(fetched);
    }
    return await this.#fetch(key, lookup);
  }

  /** Removes what the items name, and does not keep matching answers that are being fetched now. */
  invalidate(items: readonly InvalidationItem[]): void {
    this.#objects.invalidate(items);
    this.#fetches.overtake(items);
  }

  /** What can be answered at once. A stale answer that may still be used is revalidated meanwhile. */
  #usable(key: string, lookup: Lookup): StoredObject | undefined {
    const stored = this.#objects.get(key);
    if (stored === undefined) return undefined;
    const state = freshness(stored, lookup.request);
    if (state === 'stale') return undefined;
    if (state === 'stale while revalidating' && this.#fetches.underWay(key) === undefined)
      void this.#fetch(key, lookup);
    return stored;
  }

  #fetch(key: string, lookup: Lookup): Promise<CachedAnswer> {
    const stale = this.#objects.get(key);
    return this.#fetches.run(key, (isOvertaken) =>
      stale === undefined || stale.response.statusCode >= 400
        ? this.#miss(key, lookup, isOvertaken)
        : this.#revalidate(key, stale, lookup, isOvertaken),
    );
  }

  async #miss(key: string, lookup: Lookup, isOvertaken: IsOvertaken): Promise<CachedAnswer> {
    return this.#fetched(key, await lookup.fetch(), lookup, isOvertaken);
  }

  async #revalidate(key: string, stale: StoredObject, lookup: Lookup, isOvertaken: IsOvertaken): Promise<CachedAnswer> {
    const { request, rules, fetch } = lookup;
    const response = await fetch(conditionsOf(stale, request));
    const outcome = revalidated(stale, request, response, rules);
    switch (outcome.kind) {
      case 'not modified':
        this.#keep(key, outcome.object, isOvertaken);
        return { result: 'RefreshHit', response: outcome.answer };
      case 'good enough':
        return hit(stale);
      case 'modified':
        // A 304 about another object than ours has no body to answer with.
        if (response.statusCode !== 304) return this.#fetched(key, response, lookup, isOvertaken);
        return this.#fetched(key, await fetch({}), lookup, isOvertaken);
      default:
        return outcome satisfies never;
    }
  }

  #fetched(key: string, response: EdgeResponse, lookup: Lookup, isOvertaken: IsOvertaken): CachedAnswer {
    const { request, rules } = lookup;
    this.#keep(key, storedObject(request, response, rules), isOvertaken);
    return { result: 'Miss', response };
  }

  #keep(key: string, object: StoredObject | undefined, isOvertaken: IsOvertaken): void {
    if (object === undefined) this.#objects.delete(key);
    else if (!isOvertaken(object)) this.#objects.set(key, object);
  }
}

const hit = (object: StoredObject): CachedAnswer => ({ result: 'Hit', response: answerFrom(object) });

const keyOf = ({ method, url, headers }: ObjectRequest): string =>
  JSON.stringify([method, url, Object.entries(headers).sort()]);
