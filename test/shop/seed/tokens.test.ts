import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tokensFor } from '../../../lib/seed/tokens.ts';

let server: Server;
let apiUrl: string;
let hasIssuer: boolean;

beforeEach(async () => {
  hasIssuer = true;
  server = createServer(async (request, response) => {
    const subject = JSON.parse(await text(request));
    response
      .writeHead(hasIssuer ? 200 : 404)
      .end(JSON.stringify(hasIssuer ? { access_token: `${request.url} ${subject.sub}` } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('asks the local host for the tokens of a clerk and each customer', async () => {
  const tokens = await tokensFor({ apiUrl, environment: {} });
  expect([tokens.staff, await tokens.of('alice')]).toEqual(['/local/token sam', '/local/token alice']);
});

it('asks another issuer where one is named', async () => {
  const tokens = await tokensFor({ apiUrl: 'https://shop.example', environment: { TOKEN_URL: `${apiUrl}/tokens` } });
  expect(tokens.staff).toBe('/tokens sam');
});

it('takes the tokens that it is given, one customer for all orders', async () => {
  const environment = { STAFF_TOKEN: 'staff', CUSTOMER_TOKEN: 'customer' };
  const tokens = await tokensFor({ apiUrl, environment });
  expect([tokens.staff, await tokens.of('alice'), await tokens.of('bruno')]).toEqual(['staff', 'customer', 'customer']);
});

it('says how a deployed stage gets its tokens', async () => {
  hasIssuer = false;
  await expect(tokensFor({ apiUrl, environment: {} })).rejects.toThrow(
    /\/local\/token issues no tokens; it answered 404.*--user-pool and --client.*STAFF_TOKEN/,
  );
});
