import { createPublicKey, type KeyObject } from 'node:crypto';
import { base64url, createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { jwtAuthorizer } from '../../../local/gateway/authorizer.ts';

const issuer = 'https://issuer.example';
const trusted = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const publicJwk = { ...(await exportJWK(trusted.publicKey)), kid: 'k1', alg: 'RS256' };
const authorize = jwtAuthorizer({ issuer, audiences: ['eventspine'] }, createLocalJWKSet({ keys: [publicJwk] }));

const token = (change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, key = trusted.privateKey) =>
  change(
    new SignJWT({ email: 'ada@example.com' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setSubject('ada')
      .setIssuer(issuer)
      .setAudience('eventspine')
      .setExpirationTime('1 hour'),
  ).sign(key);

const encode = (part: unknown) => base64url.encode(JSON.stringify(part));

async function signedByHmacWithPublicKey(): Promise<string> {
  const pem = createPublicKey({ key: await exportJWK(trusted.publicKey), format: 'jwk' } as never) as KeyObject;
  const secret = new TextEncoder().encode(String(pem.export({ type: 'spki', format: 'pem' })));
  return new SignJWT({ sub: 'ada', aud: 'eventspine', iss: issuer })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
    .setExpirationTime('1 hour')
    .sign(secret);
}

const unsigned = () =>
  `${encode({ alg: 'none' })}.${encode({ sub: 'ada', iss: issuer, aud: 'eventspine', exp: 9_999_999_999 })}.`;

describe('the token check of the gateway', () => {
  it('lets a valid token through and gives its claims', async () => {
    const authorization = await authorize(`Bearer ${await token()}`);
    expect(authorization).toMatchObject({ kind: 'authorized', claims: { sub: 'ada', email: 'ada@example.com' } });
  });

  it('takes client_id for the audience where there is no aud, as AWS does', async () => {
    const cognitoAccessToken = new SignJWT({ client_id: 'eventspine', sub: 'ada', iss: issuer })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setExpirationTime('1 hour')
      .sign(trusted.privateKey);
    expect((await authorize(`Bearer ${await cognitoAccessToken}`)).kind).toBe('authorized');
  });

  it.each<[string, () => string | undefined | Promise<string>]>([
    ['no header', () => undefined],
    ['another scheme', () => 'Basic YWRhOmFkYQ=='],
    ['something that is no token', () => 'Bearer abc'],
    ['an expired token', async () => `Bearer ${await token((jwt) => jwt.setExpirationTime('-1 s'))}`],
    ['a token that is not valid yet', async () => `Bearer ${await token((jwt) => jwt.setNotBefore('1 hour'))}`],
    ['a token signed with another key', async () => `Bearer ${await token((jwt) => jwt, stranger.privateKey)}`],
    ['a token of another issuer', async () => `Bearer ${await token((jwt) => jwt.setIssuer('https://other.example'))}`],
    ['a token for another audience', async () => `Bearer ${await token((jwt) => jwt.setAudience('other'))}`],
    [
      'a token without an expiry',
      async () =>
        `Bearer ${await new SignJWT({ sub: 'ada', aud: 'eventspine', iss: issuer })
          .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
          .sign(trusted.privateKey)}`,
    ],
    ['an unsigned token (alg none)', () => `Bearer ${unsigned()}`],
    ['an HMAC made with the public key (HS256)', async () => `Bearer ${await signedByHmacWithPublicKey()}`],
  ])('refuses %s', async (_name, header) => {
    expect(await authorize(await header())).toMatchObject({ kind: 'refused', reason: expect.any(String) });
  });
});
