// What the result of a CloudFront function makes of a request or a response.
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { HttpRequest } from '../../gateway/http-exchange.ts';
import { correlationIdIn } from '../../gateway/http-request.ts';
import type { EdgeResponse } from '../edge-response.ts';
import { type EventValues, pairsOf } from './viewer-event.ts';

const value = z.object({ value: z.string(), multiValue: z.array(z.object({ value: z.string() })).optional() });
/** Not a record of zod's, which leaves the name `__proto__` out. */
const values = z.custom<EventValues>(
  (given) =>
    typeof given === 'object' && given !== null && Object.values(given).every((each) => value.safeParse(each).success),
);

const requestResult = z.object({
  method: z.string(),
  uri: z.string().startsWith('/'),
  querystring: values,
  headers: values,
  cookies: values,
});

const responseResult = z.object({
  statusCode: z.int().min(200).max(599),
  headers: values.default({}),
  cookies: z.record(z.string(), value.extend({ attributes: z.string().optional() })).default({}),
  body: z
    .union([z.string(), z.object({ encoding: z.enum(['text', 'base64']).default('text'), data: z.string() })])
    .optional(),
});

/** Whether a viewer-request function answers by itself instead of passing the request on. */
export const isResponse = (result: object): boolean => 'statusCode' in result;

/** @throws Error for a result that is not a request, or that changes what cannot be changed */
export function requestAfter(request: HttpRequest, result: object): HttpRequest {
  const { method, uri, querystring, headers, cookies } = requestResult.parse(result);
  if (method !== request.method) throw new Error(`a CloudFront function cannot change the method, got ${method}`);
  const { cookie, ...others } = { ...singleValues(headers), cookie: textOf(cookies, request.headers['cookie'], '; ') };
  const after = cookie === '' ? others : { ...others, cookie };
  return {
    ...request,
    path: uri,
    query: textOf(querystring, request.query, '&'),
    headers: after,
    correlationId: correlationIdIn(after) ?? request.requestId,
  };
}

/**
 * @param response what the function was given; its body stays unless the result has one
 * @throws Error for a result that is not a response
 */
export function responseAfter(response: EdgeResponse, result: object): EdgeResponse {
  const { statusCode, headers, cookies, body } = responseResult.parse(result);
  const content = typeof body === 'string' ? { data: body, encoding: 'text' } : body;
  return {
    ...response,
    statusCode,
    headers: singleValues(headers),
    cookies: Object.entries(cookies).map(([name, { value: text, attributes = '' }]) =>
      [`${name}=${text}`, attributes].filter((part) => part !== '').join('; '),
    ),
    ...(content && { body: content.data, isBase64Encoded: content.encoding === 'base64' }),
  };
}

const singleValues = (headers: EventValues): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, { value: single, multiValue }]) => [
      name.toLowerCase(),
      multiValue?.map((each) => each.value).join(',') ?? single,
    ]),
  );

/** As it was sent where nothing was changed. */
function textOf(pairs: EventValues, sent = '', separator: string): string {
  if (isDeepStrictEqual(pairs, pairsOf(sent, separator))) return sent;
  return Object.entries(pairs)
    .flatMap(([name, { value: single, multiValue = [{ value: single }] }]) =>
      multiValue.map((each) => `${name}=${each.value}`),
    )
    .join(separator);
}
