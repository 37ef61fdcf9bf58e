import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authenticate, tokenAuthenticator } from '../../../lambdas/spine/http/request/caller.ts';

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
    isAdmin: false,
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

it('says 401 of a token that no key of the issuer signed, and of one that is none', async () => {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const { privateKey: other } = await generateKeyPair('ES256');
  for (const kid of ['k', 'unknown']) {
    const forged = new SignJWT({ sub: 'alice', iss: issuer, aud: audience, exp });
    const token = await forged.setProtectedHeader({ alg: 'ES256', kid }).sign(other);
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({ status: 401 });
  }
  await expect(authenticate('Bearer a.b.c')).rejects.toMatchObject({ status: 401 });
});

describe('when the issuer’s keys cannot be had', () => {
  const failures: Record<string, (response: ServerResponse) => void> = {
    'the issuer fails': (response) => response.writeHead(500).end(),
    'it answers with something else': (response) => response.end('<html>'),
    'it answers with no keys': (response) => response.end('{}'),
    'the connection breaks': (response) => response.destroy(),
  };

  it.each(Object.entries(failures))('503, and no word against the token: %s', async (_, answer) => {
    const broken = createServer((_request, response) => answer(response));
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
    const { port } = broken.address() as AddressInfo;
    const ask = tokenAuthenticator({ issuer, audience, jwksUri: `http://127.0.0.1:${port}/` });
    const token = await tokenWith({ exp: Math.floor(Date.now() / 1000) + 600 });
    await expect(ask(`Bearer ${token}`)).rejects.toMatchObject({
      status: 503,
      code: 'unavailable',
      extras: { headers: { 'retry-after': '2' } },
    });
    broken.closeAllConnections();
    broken.close();
  });

  it('503 when nobody answers at its address, and 401 for what is no token even so', async () => {
    const ask = tokenAuthenticator({ issuer, audience, jwksUri: 'http://127.0.0.1:1/' });
    const token = await tokenWith({ exp: Math.floor(Date.now() / 1000) + 600 });
    await expect(ask(`Bearer ${token}`)).rejects.toMatchObject({ status: 503 });
    await expect(ask('Basic abc')).rejects.toMatchObject({ status: 401 });
    await expect(ask(undefined)).rejects.toMatchObject({ status: 401 });
  });
});
