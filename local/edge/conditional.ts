// Conditional requests (RFC 9110, section 13): what the edge answers by itself.
import type { HttpRequest } from '../gateway/http-exchange.ts';
import type { EdgeResponse } from './edge-response.ts';

const conditions = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since'];

export const withoutConditions = (headers: HttpRequest['headers']): HttpRequest['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !conditions.includes(name)));

/** 304 in place of what the viewer already has. */
export function conditionalAnswer({ method, headers }: HttpRequest, response: EdgeResponse): EdgeResponse {
  const { statusCode, body: _, isBase64Encoded: __, ...rest } = response;
  const isAsked = (method === 'GET' || method === 'HEAD') && statusCode === 200;
  if (!isAsked || !isAmong(headers['if-none-match'], response.headers['etag'])) return response;
  const kept = Object.entries(response.headers).filter(([name]) => !name.startsWith('content-'));
  return { ...rest, statusCode: 304, headers: Object.fromEntries(kept) };
}

/** By the weak comparison: `W/"5"` and `"5"` are the same. */
function isAmong(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}
