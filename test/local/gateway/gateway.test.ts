import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { rawRequest, startGateway, success } from './fixture.ts';

describe('the response of a function', () => {
  it('is passed on with status, headers and cookies, its length told', async () => {
    const payload = {
      statusCode: 201,
      headers: { etag: '"1"', 'content-type': 'application/json' },
      cookies: ['a=1', 'b=2'],
      body: '{"é":1}',
    };
    const { url } = await startGateway(() => success(payload));
    const { status, headers, body } = await rawRequest(`${url}/products`);
    expect({ status, body }).toEqual({ status: 201, body: '{"é":1}' });
    expect(headers).toMatchObject({
      etag: '"1"',
      'content-type': 'application/json',
      'set-cookie': ['a=1', 'b=2'],
      'content-length': '8',
    });
  });

  it('is decoded when it is in base64', async () => {
    const { url } = await startGateway(() => success({ statusCode: 200, body: 'aGk=', isBase64Encoded: true }));
    expect((await rawRequest(`${url}/products`)).body).toBe('hi');
  });

  it.each([
    [{ sku: 'A' }, '{"sku":"A"}'],
    ['plain', 'plain'],
    [null, 'null'],
  ])('is 200 with JSON when it is the bare value %j', async (payload, expected) => {
    const { url } = await startGateway(() => success(payload));
    const { status, headers, body } = await rawRequest(`${url}/products`);
    expect([status, headers['content-type'], body]).toEqual([200, 'application/json', expected]);
  });

  it('has no body and no length at 304', async () => {
    const { url } = await startGateway(() => success({ statusCode: 304, headers: { etag: '"1"' } }));
    const { status, headers, body } = await rawRequest(`${url}/products`);
    expect([status, headers['content-length'], body]).toEqual([304, undefined, '']);
  });
});

const problemCases = [
  ['a missing token', 401, 'unauthenticated', '/orders/7'],
  ['a route that is not there', 404, 'not_found', '/nowhere'],
  ['a local route that is not there', 404, 'not_found', '/local/payments'],
] as const;

describe('the answers of the gateway itself', () => {
  it.each(problemCases)('are problem details for %s', async (_name, status, code, path) => {
    const { url, invocations } = await startGateway(() => success({}));
    const response = await rawRequest(`${url}${path}?token=secret`, { headers: ['X-Correlation-Id', 'mine-1'] });
    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-correlation-id': 'mine-1',
    });
    expect(JSON.parse(response.body)).toEqual({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      instance: path,
      code,
    });
    expect(invocations).toEqual([]);
  });

  it('name the scheme with 401, and mint a correlation id for a request without a well-formed one', async () => {
    const { url } = await startGateway(() => success({}));
    const { headers } = await rawRequest(`${url}/orders/7`, { headers: ['X-Correlation-Id', 'not visible'] });
    expect(headers).toMatchObject({
      'www-authenticate': 'Bearer',
      'x-correlation-id': expect.stringMatching(/^\S{26}$/),
    });
  });

  it('are 413 for a body over 10 MB, and the connection serves on', async () => {
    const { url, invocations } = await startGateway(() => success({}));
    const { status, body } = await rawRequest(`${url}/products`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect([status, JSON.parse(body).code]).toEqual([413, 'payload_too_large']);
    expect(invocations).toEqual([]);
  });

  it.each([
    ['fails', () => ({ kind: 'error', errorType: 'TypeError', errorMessage: 'secret detail' }) as const],
    ['answers a status that is none', () => success({ statusCode: 'ok' })],
    ['answers a body that is not a string', () => success({ statusCode: 200, body: { a: 1 } })],
  ])('are 500 without a word of the cause when a function %s', async (_name, invoke) => {
    const { url, errors } = await startGateway(invoke);
    const { status, body } = await rawRequest(`${url}/products`);
    expect([status, JSON.parse(body).code]).toEqual([500, 'internal_error']);
    expect(body).not.toContain('secret');
    expect(errors).toHaveLength(1);
  });

  it('are 503 with Retry-After when a function takes longer than its route allows', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof success>>();
    const { url, api } = await startGateway(() => promise);
    const { status, headers, body } = await rawRequest(`${url}/slow`);
    expect([status, headers['retry-after'], JSON.parse(body).code]).toEqual([503, '1', 'unavailable']);
    expect(api.traffic.inFlight).toBe(1);
    resolve(success({}));
    await expect.poll(() => api.traffic.inFlight).toBe(0);
  });

  it('are 503 while the host is starting', async () => {
    const server = await HttpServer.listen(0, () => {});
    const { status } = await rawRequest(`${server.url}/products`);
    await server.stop();
    expect(status).toBe(503);
  });
});

function raw(url: string, sent: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(sent);
  return text(socket);
}

describe('the HTTP server', () => {
  it('answers what is in flight when it stops, tells the client that it closes, and takes no more', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof success>>();
    const server = await HttpServer.listen(0, () => {});
    const began = Promise.withResolvers<void>();
    server.serve(async () => {
      began.resolve();
      await promise;
      return { statusCode: 200, body: 'done' };
    });
    const answer = rawRequest(`${server.url}/products`);
    const { port } = new URL(server.url);
    await began.promise;
    const stopped = server.stop();
    resolve(success({}));
    const { headers, body } = await answer;
    expect([body, headers.connection]).toEqual(['done', 'close']);
    await stopped;
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it('reports no error for a client that goes away', async () => {
    const { url, errors } = await startGateway(() => success({}));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /products HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await delay(20);
    socket.destroy();
    await rawRequest(`${url}/products`);
    expect(errors).toEqual([]);
  });

  it.each([
    ['headers over 10 KB', `GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(11_000)}\r\n\r\n`, 431],
    ['what is not HTTP', 'HELLO\r\n\r\n', 400],
    ['a request without a host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['one with two', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n', 400],
    ['a request for a tunnel', 'CONNECT shop.example:443 HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['an unknown expectation', 'POST / HTTP/1.1\r\nhost: x\r\nexpect: tea\r\nconnection: close\r\n\r\n', 417],
  ])('answers %s with a problem', async (_name, sent, status) => {
    const { url } = await startGateway(() => success({}));
    const answer = await raw(url, sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*\r\ncontent-type: application/problem\\+json\r\n`));
    expect(answer).toContain('\r\nx-content-type-options: nosniff\r\n');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code: expect.any(String) });
  });

  it.each([
    ['an absolute target', 'GET http://shop.example/products?limit=1 HTTP/1.1', '/products', 'shop.example'],
    ['one with another scheme and no path', 'GET HTTPS://shop.example HTTP/1.1', '/', 'shop.example'],
    ['a path that looks like a host', 'GET //shop.example/products HTTP/1.1', '//shop.example/products', 'x'],
  ])('takes %s', async (_name, line, path, host) => {
    const seen: unknown[] = [];
    const server = await HttpServer.listen(0, () => {});
    server.serve(async (request) => {
      seen.push([request.path, request.headers['host']]);
      return { statusCode: 200 };
    });
    const answer = await raw(server.url, `${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
    await server.stop();
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(seen).toEqual([[path, host]]);
  });

  it('says what it can for OPTIONS of everything', async () => {
    const { url, errors } = await startGateway(() => success({}));
    const answer = await raw(url, 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 204 [\s\S]*\r\nallow: GET, HEAD, OPTIONS, POST\r\n/);
    expect(errors).toEqual([]);
  });

  it.each(['GET * HTTP/1.1', 'POST orders HTTP/1.1'])('refuses %s, whose target is no path', async (line) => {
    const { url, errors } = await startGateway(() => success({}));
    const answer = await raw(url, `${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*application\/problem\+json/);
    expect(errors).toEqual([]);
  });

  it('sends no body to HEAD, and the length only where it is known', async () => {
    const server = await HttpServer.listen(0, () => {});
    server.serve(async ({ path }) => ({
      statusCode: 200,
      headers: { etag: '"1"' },
      body: path === '/known' ? 'body' : '',
    }));
    const known = await rawRequest(`${server.url}/known`, { method: 'HEAD' });
    const unknown = await rawRequest(`${server.url}/unknown`, { method: 'HEAD' });
    await server.stop();
    expect([known.status, known.body, known.headers['content-length'], known.headers.etag]).toEqual([
      200,
      '',
      '4',
      '"1"',
    ]);
    expect([unknown.status, unknown.body, unknown.headers['content-length']]).toEqual([200, '', undefined]);
  });

  it('says which port is in use', async () => {
    const first = await HttpServer.listen(0, () => {});
    const { port } = new URL(first.url);
    await expect(HttpServer.listen(Number(port), () => {})).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.stop();
  });
});
