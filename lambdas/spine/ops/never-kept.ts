import type { CacheHeaders } from '../http/caching/caching.ts';

/** For what an operator is shown: it is of this moment, and nobody else's. */
export const NEVER_KEPT: CacheHeaders = { 'cache-control': 'private, no-store' };
