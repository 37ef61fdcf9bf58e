import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authenticate, tokenAuthenticator } from '../../../lambdas/runtime/http/caller.ts';

const issuer = 'https://issuer.example';
const audience = 'shop';
const { publicKey, privateKey } = await generateKeyPair('ES256');
let server: Server;
let authenticate: Authenticate;

beforeAll(async () => {
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(keys));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  authenticate = tokenAuthenticator({ issuer, audience, jwksUri: `http://127.0.0.1:${port}/` });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const tokenWith = (claims: object): Promise<string> =>
  new SignJWT({ sub: 'alice', iss: issuer, aud: audience, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .sign(privateKey);

it('knows who calls, and until when the token says so', async () => {
  const exp = Math.floor(Date.now() / 1000) + 600;
  expect(await authenticate(`Bearer ${await tokenWith({ exp, 'cognito:groups': ['staff'] })}`)).toEqual({
    customerId: 'alice',
    isStaff: true,
    expiresAtInSeconds: exp,
  });
});

it.each([
  [{ email_verified: true }, 'alice@example.com'],
  [{ email_verified: 'true' }, 'alice@example.com'],
  [{ email_verified: false }, undefined],
  [{ email_verified: 'false' }, undefined],
  [{ email_verified: 1 }, undefined],
  [{ email_verified: ['true'] }, undefined],
  [{}, undefined],
])('of an e-mail address with %j the caller has %s', async (verified, email) => {
  const token = await tokenWith({ exp: Math.floor(Date.now() / 1000) + 600, email: 'alice@example.com', ...verified });
  expect((await authenticate(`Bearer ${token}`)).email).toBe(email);
});

it('takes no token without an end', async () => {
  await expect(authenticate(`Bearer ${await tokenWith({})}`)).rejects.toMatchObject({ status: 401 });
});
