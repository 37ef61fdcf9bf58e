// The parts of a request that a policy selects, for the cache key or for the origin.
import type { HttpRequest } from '../gateway/http-exchange.ts';

/** Whether the header (in lower case), the query string or the cookie of that name is meant. */
type IsMeant = (name: string) => boolean;

export interface RequestParts {
  readonly headers: IsMeant;
  readonly queryStrings: IsMeant;
  readonly cookies: IsMeant;
}

export const noParts: RequestParts = { headers: () => false, queryStrings: () => false, cookies: () => false };

export const eitherParts = (one: RequestParts, other: RequestParts): RequestParts => ({
  headers: (name) => one.headers(name) || other.headers(name),
  queryStrings: (name) => one.queryStrings(name) || other.queryStrings(name),
  cookies: (name) => one.cookies(name) || other.cookies(name),
});

/** The selected parts of the request, in the order in which they came. */
export function partsOf({ headers, query }: HttpRequest, parts: RequestParts): Pick<HttpRequest, 'headers' | 'query'> {
  const { cookie = '', ...others } = headers;
  const meant = Object.fromEntries(Object.entries(others).filter(([name]) => parts.headers(name)));
  const cookies = cookie.split(/; */).filter((pair) => pair !== '' && parts.cookies(nameIn(pair)));
  return {
    headers: cookies.length === 0 ? meant : { ...meant, cookie: cookies.join('; ') },
    query: query
      .split('&')
      .filter((pair) => parts.queryStrings(nameIn(pair)))
      .join('&'),
  };
}

const nameIn = (pair: string): string => pair.split('=', 1)[0] ?? '';
