import { describe, expect, it } from 'vitest';
import { edgeDistribution, error, hit, miss, requestOf, startEdge } from './fixture.ts';

const kept = { 'cache-control': 's-maxage=60', 'set-by': 'origin' };
const answer = (headers: Record<string, string> = kept) => ({ statusCode: 200, headers, body: 'origin' });

const passes = 'function handler(event) { return event.request; }';
/** Writes the event into a header, as JSON. */
const tells = `function handler(event) {
  event.response.headers.event = { value: JSON.stringify(event) };
  return event.response;
}`;

const told = (headers: Readonly<Record<string, unknown>>) => JSON.parse(String(headers['event']));

describe('a function on viewer-request', () => {
  it('gets the event that is documented', async () => {
    const request = `async function handler(event) {
      event.request.headers.event = { value: JSON.stringify(event) };
      return event.request;
    }`;
    const { edge, asked } = startEdge(() => answer(), { functions: { request } });
    const headers = { host: 'shop.example', cookie: 'a=1; b=x%20y' };
    const sent = requestOf('/products?tag=a&tag=b%20c&empty=&bare', { headers });
    await edge.answer(sent);
    const { id, domainName } = edgeDistribution();
    expect(told(asked[0]?.headers ?? {})).toEqual({
      version: '1.0',
      context: {
        distributionDomainName: domainName,
        distributionId: id,
        eventType: 'viewer-request',
        requestId: sent.requestId,
      },
      viewer: { ip: '192.0.2.7' },
      request: {
        method: 'GET',
        uri: '/products',
        querystring: {
          tag: { value: 'a', multiValue: [{ value: 'a' }, { value: 'b%20c' }] },
          empty: { value: '' },
          bare: { value: '' },
        },
        headers: { host: { value: 'shop.example' } },
        cookies: { a: { value: '1' }, b: { value: 'x%20y' } },
      },
    });
  });

  it('leaves the request as it was sent where it changes nothing', async () => {
    const { edge, asked } = startEdge(() => answer(), { functions: { request: passes } });
    const body = Buffer.from('{}');
    await edge.answer(requestOf('/orders?b=%20&a&&c=1', { method: 'POST', headers: { accept: '*/*' }, body }));
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/orders', query: 'b=%20&a&&c=1', body });
  });

  it.each(['__proto__=1', 'constructor=1', '__proto__=1&__proto__=2&a'])(
    'loses nothing of the query %s',
    async (query) => {
      const { edge, asked } = startEdge(() => answer(), { functions: { request: passes } });
      await edge.answer(requestOf(`/orders?${query}`));
      expect(asked[0]?.query).toBe(query);
    },
  );

  it('changes path, query, headers and cookies, and what tells objects apart with them', async () => {
    const request = `function handler({ request }) {
      request.uri = '/products/A';
      request.querystring = { x: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] } };
      request.headers['X-Correlation-Id'] = { value: 'minted' };
      delete request.headers.accept;
      request.cookies.b = { value: '2' };
      return request;
    }`;
    const CookiesConfig = { CookieBehavior: 'all' };
    const { get, edge, asked } = startEdge(() => answer(), {
      functions: { request },
      originRequestPolicy: { CookiesConfig },
    });
    const headers = { accept: '*/*', cookie: 'a=1' };
    await edge.answer(requestOf('/products?y=1', { headers }));
    expect(asked[0]).toMatchObject({ path: '/products/A', query: 'x=1&x=2', correlationId: 'minted' });
    expect(asked[0]?.headers).toMatchObject({ 'x-correlation-id': 'minted', cookie: 'a=1; b=2' });
    expect(asked[0]?.headers).not.toHaveProperty('accept');
    expect((await get('/products?z=1')).xCache).toBe(hit);
  });

  it('may answer by itself', async () => {
    const request = `function handler() {
      return {
        statusCode: 302,
        statusDescription: 'Found',
        headers: { Location: { value: '/elsewhere' } },
        cookies: { a: { value: '1', attributes: 'Path=/' } },
        body: { encoding: 'base64', data: 'aGk=' },
      };
    }`;
    const { edge, asked } = startEdge(() => answer(), { functions: { request } });
    expect(await edge.answer(requestOf('/products'))).toEqual({
      statusCode: 302,
      headers: {
        location: '/elsewhere',
        'x-content-type-options': 'nosniff',
        'x-cache': 'FunctionGeneratedResponse from cloudfront',
      },
      cookies: ['a=1; Path=/'],
      body: 'aGk=',
      isBase64Encoded: true,
    });
    expect(asked).toEqual([]);
  });
});

describe('a function on viewer-response', () => {
  it('gets the request as the viewer sent it, and the response; its changes are not kept', async () => {
    const request = `function handler({ request }) {
      request.headers.added = { value: 'by function' };
      return request;
    }`;
    const { get, asked } = startEdge(() => ({ ...answer(), cookies: ['a=1; Path=/; Secure'] }), {
      functions: { request, response: tells },
      cachePolicy: { MaxTTL: 0 },
    });
    const { headers } = await get('/products', { accept: '*/*' });
    expect(asked[0]?.headers).toHaveProperty('added');
    expect(told(headers)).toMatchObject({
      context: { eventType: 'viewer-response' },
      request: { uri: '/products', headers: { accept: { value: '*/*' } } },
      response: {
        statusCode: 200,
        statusDescription: 'OK',
        headers: { 'set-by': { value: 'origin' } },
        cookies: { a: { value: '1', attributes: 'Path=/; Secure' } },
      },
    });
    expect(told(headers).request.headers).not.toHaveProperty('added');
  });

  it('runs for hits as for misses, on the answer as it is kept', async () => {
    const response = `function handler({ context, response }) {
      const before = response.headers.count ? response.headers.count.value : '';
      response.headers.count = { value: before + 'x' };
      response.headers['for'] = { value: context.requestId };
      delete response.headers['set-by'];
      return response;
    }`;
    const { edge } = startEdge(() => answer(), { functions: { response } });
    for (const xCache of [miss, hit, hit]) {
      const request = requestOf('/products');
      const { headers, body } = await edge.answer(request);
      expect([headers, body]).toMatchObject([{ count: 'x', for: request.requestId, 'x-cache': xCache }, 'origin']);
      expect(headers).not.toHaveProperty('set-by');
    }
  });

  it('runs for a 304, and does not for an error', async () => {
    const { get } = startEdge(
      ({ path }) => (path === '/health' ? { statusCode: 500, body: 'no' } : answer({ ...kept, etag: '"5"' })),
      { functions: { response: tells } },
    );
    await get('/products');
    const { status, headers } = await get('/products', { 'if-none-match': '"5"' });
    expect([status, told(headers).response.statusCode]).toEqual([304, 304]);
    const failed = await get('/health');
    expect(failed).toMatchObject({ status: 500, xCache: error, body: 'no' });
    expect(failed.headers).not.toHaveProperty('event');
  });
});

describe('a function that fails', () => {
  it.each([
    ['throws', "function handler() { throw new Error('broken'); }", 'broken'],
    ['rejects', "async function handler() { throw new Error('broken'); }", 'broken'],
    ['returns nothing', 'function handler() {}', 'undefined'],
    ['returns what is no request', 'function handler() { return { uri: 7 }; }', 'uri'],
    ['changes the method', "function handler({ request }) { request.method = 'PUT'; return request; }", 'method'],
    ['looks for more than JavaScript', 'function handler() { return fetch; }', 'fetch is not defined'],
    ['makes code of text', "function handler() { return eval('1'); }", 'Code generation'],
  ])('because it %s makes the edge answer 503, and the log says why', async (_name, request, reason) => {
    const { get, asked, lines } = startEdge(() => answer(), { functions: { request } });
    const { status, xCache, headers, body } = await get('/products');
    expect([status, xCache, headers['retry-after']]).toEqual([503, error, '1']);
    expect(JSON.parse(body ?? '')).toMatchObject({ status: 503, code: 'unavailable', instance: '/products' });
    expect(asked).toEqual([]);
    expect(lines.join()).toContain(reason);
    expect(lines.join()).toMatch(/^on-request stderr /);
    expect(body).not.toContain('broken');
  });

  it('on viewer-response does so too', async () => {
    const { get } = startEdge(() => answer(), { functions: { response: 'function handler() { return 7; }' } });
    expect(await get('/products')).toMatchObject({ status: 503, xCache: error });
  });

  it.each([
    ['does not compile', 'function handler( {', 'on-request does not compile: SyntaxError'],
    ['imports', "import cf from 'cloudfront'; function handler() {}", 'on-request does not compile: SyntaxError'],
    ['has no handler', 'const notHandler = 1;', 'on-request must declare a handler'],
  ])('because it %s is refused at once', (_name, request, reason) => {
    expect(() => startEdge(() => answer(), { functions: { request } })).toThrow(reason);
  });

  it('writes what it has to say into the log', async () => {
    const request = "function handler({ request }) { console.log('seen', request.uri); return request; }";
    const { get, lines } = startEdge(() => answer(), { functions: { request } });
    await get('/products');
    expect(lines).toEqual(['on-request stdout seen /products']);
  });
});
