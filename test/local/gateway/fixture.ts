// A gateway on a free port, with functions that answer as a test says.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ApiRoute } from '../../../local/gateway/api.ts';
import { ApiGateway } from '../../../local/gateway/api-gateway.ts';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import { audience, Issuer, issuerName } from '../../../local/issuer/issuer.ts';
import type { InvocationResult } from '../../../local/ports.ts';
import { testKey } from '../issuer/test-key.ts';

export interface Invoked {
  readonly functionName: string;
  readonly event: Record<string, unknown>;
}

export const success = (payload: unknown): InvocationResult => ({ kind: 'success', payload });

const authorizer = { issuer: issuerName, audiences: [audience] };
const route = (key: string, functionName: string, guarded = false, timeoutInMillis = 5_000): ApiRoute => ({
  key,
  functionName,
  timeoutInMillis,
  ...(guarded && { authorizer }),
});

const routes = [
  route('GET /orders/{orderId}', 'query', true),
  route('GET /products', 'query'),
  route('POST /products', 'products-command'),
  route('GET /slow', 'query', false, 50),
];

export async function startGateway(invoke: (invoked: Invoked) => InvocationResult | Promise<InvocationResult>) {
  const issuer = new Issuer(await testKey);
  const invocations: Invoked[] = [];
  const errors: unknown[] = [];
  const functions = {
    invoke: async (functionName: string, event: unknown) => {
      const invoked = { functionName, event: event as Record<string, unknown> };
      invocations.push(invoked);
      return invoke(invoked);
    },
  };
  const api = new ApiGateway({ routes, functions, keys: issuer.keys });
  const server = await HttpServer.listen(0, (error) => errors.push(error));
  server.serve(withLocalEndpoints({}, api.answer));
  onTestFinished(() => server.stop());
  return { url: server.url, server, api, issuer, invocations, errors };
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as `fetch` would not send it: any path, repeated headers, no content type. */
export function rawRequest(url: string, options: { method?: string; headers?: string[]; body?: string | Buffer } = {}) {
  return new Promise<RawResponse>((resolve, reject) => {
    const { origin } = new URL(url);
    const { hostname, port } = new URL(origin);
    const { method = 'GET', headers = [], body } = options;
    const length = body === undefined ? [] : ['content-length', String(Buffer.byteLength(body))];
    const all = ['host', `${hostname}:${port}`, ...length, ...headers];
    const request = httpRequest({ hostname, port, path: url.slice(origin.length), method, headers: all, agent: false });
    request.on('error', reject);
    request.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() });
    });
    request.end(body);
  });
}
