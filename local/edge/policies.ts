// The policies that a distribution's behaviours name: the cache key, how long answers are kept, and what the origin gets. What
// the local edge cannot do is refused.
import * as z from 'zod';
import type { Coding } from './compression.ts';
import type { RequestParts } from './request-parts.ts';

export interface CacheRules {
  /** The cache key; the origin gets it too. */
  readonly key: RequestParts;
  /** In the order of preference; a viewer's choice among them tells objects apart too. */
  readonly codings: readonly Coding[];
  /** 0: nothing is kept. */
  readonly maxTtlInSeconds: number;
}

const list = z.array(z.string()).default([]);
const behaviors = z.enum(['none', 'whitelist', 'allExcept', 'all']);

const isMeant = (behavior: z.output<typeof behaviors>, names: readonly string[]) => (name: string) => {
  if (behavior === 'none' || behavior === 'all') return behavior === 'all';
  return names.includes(name) === (behavior === 'whitelist');
};

const headers = z
  .strictObject({ HeaderBehavior: behaviors.exclude(['all']), Headers: list })
  .transform(({ HeaderBehavior, Headers }) => {
    const names = Headers.map((name) => name.toLowerCase());
    return isMeant(HeaderBehavior, names);
  })
  .refine((isForwarded) => !isForwarded('host'), 'an HTTP API answers to its own host name alone, not to the viewer’s');
const queryStrings = z
  .strictObject({ QueryStringBehavior: behaviors, QueryStrings: list })
  .transform(({ QueryStringBehavior, QueryStrings }) => isMeant(QueryStringBehavior, QueryStrings));
const cookies = z
  .strictObject({ CookieBehavior: behaviors, Cookies: list })
  .transform(({ CookieBehavior, Cookies }) => isMeant(CookieBehavior, Cookies));

const parts = { HeadersConfig: headers, QueryStringsConfig: queryStrings, CookiesConfig: cookies };
type Parts = z.output<z.ZodObject<typeof parts>>;
const requestParts = ({ HeadersConfig, QueryStringsConfig, CookiesConfig }: Parts): RequestParts => ({
  headers: HeadersConfig,
  queryStrings: QueryStringsConfig,
  cookies: CookiesConfig,
});

const named = { Name: z.string(), Comment: z.string().optional() };

/** As the API has it, where managed policies come from too. */
export const cachePolicyConfig = z
  .strictObject({
    ...named,
    // A minimum would keep what the origin forbids to keep, a default what it says nothing of.
    MinTTL: z.literal(0),
    DefaultTTL: z.literal(0),
    MaxTTL: z.int().nonnegative(),
    ParametersInCacheKeyAndForwardedToOrigin: z.strictObject({
      ...parts,
      EnableAcceptEncodingGzip: z.boolean(),
      EnableAcceptEncodingBrotli: z.boolean().optional(),
    }),
  })
  .transform(
    ({ MaxTTL, ParametersInCacheKeyAndForwardedToOrigin: key }): CacheRules => ({
      key: requestParts(key),
      codings: [
        ...(key.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
        ...(key.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
      ],
      maxTtlInSeconds: MaxTTL,
    }),
  );

export const originRequestPolicyConfig = z.strictObject({ ...named, ...parts }).transform(requestParts);
