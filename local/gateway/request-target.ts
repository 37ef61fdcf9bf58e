// The target of a request in its four forms (RFC 9112, section 3.2). API Gateway and CloudFront know the first two.
import { methodNotAllowed, Problem } from '../../lambdas/spine/http/problem.ts';
import { gatewayProblem } from './gateway-problem.ts';
import type { HttpRequest, HttpResponse } from './http-exchange.ts';

export interface RequestTarget {
  /** As it was sent; begins with a slash unless the target is no path. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Of an absolute target: it takes the place of the header `Host`. */
  readonly host?: string;
}

/** @param target `/books?limit=1`, `http://127.0.0.1:3000/books` or `*` */
export function requestTarget(target: string): RequestTarget {
  const [absolute, host] = /^https?:\/\/([^/?#]+)/i.exec(target) ?? [];
  const local = absolute === undefined ? target : target.slice(absolute.length);
  const path = local.split('?', 1)[0] ?? '';
  const query = local.slice(path.length + 1);
  return { path: path === '' ? '/' : path, query, ...(host !== undefined && { host }) };
}

const methods = 'GET, HEAD, OPTIONS, POST';

/** @returns the answer to a request whose target is no path: what the server as a whole allows, or a refusal */
export function answerWithoutPath({ method, path, ...request }: Omit<HttpRequest, 'body'>): HttpResponse | undefined {
  if (path.startsWith('/')) return undefined;
  const instance = { ...request, path: '/' };
  if (path === '*' && method === 'OPTIONS') {
    const { headers } = gatewayProblem(methodNotAllowed(method, path, methods), instance);
    const { 'content-type': _, ...kept } = headers ?? {};
    return { statusCode: 204, headers: kept };
  }
  return gatewayProblem(new Problem(400, 'bad_request', `The target of ${method} must be a path.`), instance);
}
