// Reads the body of a request and writes the one of a response.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse } from './http-exchange.ts';

/** @returns undefined for a body over the limit; it is read to its end even so, or the client would not hear the answer */
export async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}

/** Resolves when the response is with the operating system, or the client has gone. */
export async function writeResponse(response: ServerResponse, answer: HttpResponse): Promise<void> {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.statusCode = statusCode;
  const closed = once(response, 'close');
  // HEAD tells the length of what GET would send, where it is known (RFC 9110, section 8.6).
  const isLengthUnknown = response.req.method === 'HEAD' && body === '';
  if (statusCode === 204 || statusCode === 304 || isLengthUnknown) {
    response.end();
  } else {
    const content = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
    if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.setHeader('content-length', content.length);
    response.end(content);
  }
  await closed;
}
