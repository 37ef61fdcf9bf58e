// An answer as the edge handles it.
import type { HttpResponse } from '../gateway/http-exchange.ts';

export interface EdgeResponse extends HttpResponse {
  readonly statusCode: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export function edgeResponse({ statusCode = 200, headers = {}, ...rest }: HttpResponse): EdgeResponse {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { ...rest, statusCode, headers: Object.fromEntries(lowerCase) };
}
