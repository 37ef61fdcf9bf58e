// The CORS headers that an HTTP API and a distribution send by the template's settings.
import type { Answer, HttpRequest, HttpResponse } from './http-exchange.ts';

export interface CorsSettings {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeInSeconds: number;
}

type CorsRequest = Pick<HttpRequest, 'method' | 'headers'>;

export const isPreflight = ({ method, headers }: CorsRequest): boolean =>
  method === 'OPTIONS' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined;

/** @returns none but `vary` for a request of another origin, or of none */
export function corsHeaders(settings: CorsSettings, request: CorsRequest): Record<string, string> {
  const origin = request.headers['origin'];
  if (origin === undefined || !settings.allowOrigins.some((allowed) => fits(allowed, origin)))
    return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    ...(isPreflight(request)
      ? {
          'access-control-allow-methods': settings.allowMethods.join(','),
          'access-control-allow-headers': settings.allowHeaders.join(','),
          'access-control-max-age': String(settings.maxAgeInSeconds),
        }
      : { 'access-control-expose-headers': settings.exposeHeaders.join(',') }),
  };
}

/** `*` allows every origin, `https://*` those of a scheme; `http://localhost:*`, for this machine alone, every port. */
function fits(allowed: string, origin: string): boolean {
  if (allowed.endsWith(':*')) return origin.replace(/:\d+$/, '') === allowed.slice(0, -2);
  return allowed.endsWith('*') ? origin.startsWith(allowed.slice(0, -1)) : origin === allowed;
}

/** @returns the headers with these in place of others of the same name; `vary` is extended */
export function withCorsHeaders(
  headers: Readonly<Record<string, string>>,
  { vary = '', ...cors }: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));
  const members = `${kept['vary'] ?? ''},${vary}`.split(',').map((member) => member.trim().toLowerCase());
  return { ...kept, ...cors, vary: [...new Set(members.filter((member) => member !== ''))].join(', ') };
}

/** Answers preflights by itself and adds the headers to whatever else is answered, errors included. */
export const withCors = (answer: Answer, settings: CorsSettings | undefined): Answer => {
  if (settings === undefined) return answer;
  return async (request) => {
    const response: HttpResponse = isPreflight(request) ? { statusCode: 204 } : await answer(request);
    const headers = Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return { ...response, headers: withCorsHeaders(Object.fromEntries(headers), corsHeaders(settings, request)) };
  };
};
