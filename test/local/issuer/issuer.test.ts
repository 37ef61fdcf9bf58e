import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import { issuerEndpoints } from '../../../local/issuer/endpoints.ts';
import { Issuer } from '../../../local/issuer/issuer.ts';
import { signingKey } from '../../../local/issuer/signing-key.ts';
import { testKey } from './test-key.ts';

async function startIssuer() {
  const server = await HttpServer.listen(0, () => {});
  onTestFinished(() => server.stop());
  const endpoints = issuerEndpoints(new Issuer(await testKey), server.url);
  server.serve(withLocalEndpoints(endpoints, async () => ({ statusCode: 404 })));
  const post = (body: string) =>
    fetch(`${server.url}/local/token`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  return { url: server.url, post };
}

describe('the local issuer', () => {
  it('answers a bearer token for the subject, valid for an hour', async () => {
    const { post } = await startIssuer();
    const response = await post(JSON.stringify({ sub: 'ada', email: 'ada@example.com', groups: ['staff'] }));
    const { access_token, ...rest } = (await response.json()) as { access_token: string };
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600 });
    const { iat = 0, exp = 0, ...claims } = decodeJwt(access_token);
    expect(exp - iat).toBe(3600);
    expect(claims).toEqual({
      sub: 'ada',
      email: 'ada@example.com',
      email_verified: true,
      'cognito:groups': ['staff'],
      iss: 'https://issuer.eventspine.localhost',
      aud: 'eventspine',
      jti: expect.any(String),
    });
  });

  it('calls an address verified unless it is asked not to, and says nothing of none', async () => {
    const { post } = await startIssuer();
    const claimsOf = async (subject: object) => {
      const { access_token } = (await (await post(JSON.stringify(subject))).json()) as { access_token: string };
      return decodeJwt(access_token);
    };
    const email = 'ada@example.com';
    expect(await claimsOf({ sub: 'ada', email, emailVerified: false })).toMatchObject({ email, email_verified: false });
    expect(await claimsOf({ sub: 'ada', emailVerified: true })).not.toHaveProperty('email_verified');
  });

  it('publishes the key that its tokens are signed with, and not the private part', async () => {
    const { url, post } = await startIssuer();
    const { access_token } = (await (await post('{"sub":"ada"}')).json()) as { access_token: string };
    const jwks = (await (await fetch(`${url}/local/jwks.json`)).json()) as { keys: Record<string, string>[] };
    const { protectedHeader } = await jwtVerify(access_token, createLocalJWKSet(jwks as never));
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: jwks.keys[0]?.['kid'] });
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('can be discovered', async () => {
    const { url } = await startIssuer();
    const configuration = await (await fetch(`${url}/local/.well-known/openid-configuration`)).json();
    expect(configuration).toMatchObject({
      issuer: 'https://issuer.eventspine.localhost',
      jwks_uri: `${url}/local/jwks.json`,
      token_endpoint: `${url}/local/token`,
    });
  });

  it.each([
    ['a body that is no JSON', '{', '/body'],
    ['a missing sub', '{}', '/body/sub'],
    ['an empty sub', '{"sub":""}', '/body/sub'],
    ['an e-mail that is none', '{"sub":"a","email":"x"}', '/body/email'],
    ['a verification that is neither true nor false', '{"sub":"a","emailVerified":"yes"}', '/body/emailVerified'],
    ['groups that are not strings', '{"sub":"a","groups":["staff",1]}', '/body/groups/1'],
    ['an unknown property', '{"sub":"a","role":"admin"}', '/body/role'],
  ])('refuses %s', async (_name, body, pointer) => {
    const { post } = await startIssuer();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer, detail: expect.any(String) }],
    });
  });
});

describe('the signing key', () => {
  it('is kept with the data, for its owner alone, so that tokens outlive a restart', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'issuer-'));
    const first = new Issuer(await signingKey(directory));
    const token = await first.issue({ sub: 'ada' });
    const file = join(directory, 'issuer-key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = new Issuer(await signingKey(directory));
    expect((await jwtVerify(token, second.keys)).payload.sub).toBe('ada');
  });

  it('is refused when its file is damaged', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'issuer-'));
    const file = join(directory, 'issuer-key.json');
    writeFileSync(file, '{"kty":');
    await expect(signingKey(directory)).rejects.toThrow(`${file} cannot be read as a key`);
    expect(readFileSync(file, 'utf8')).toBe('{"kty":');
  });
});
