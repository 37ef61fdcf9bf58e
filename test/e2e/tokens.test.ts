import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { forger } from '../support/forged-tokens.ts';
import { expectUnauthenticated } from '../support/problems.ts';
import { expectRefusal } from '../support/refusals.ts';
import { listProduct, orderOf, stockProduct } from '../support/shop.ts';
import { signInStaff, tokenFor } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const { sku } = await stockProduct(await signInStaff(anyone));
const order = orderOf({ sku, quantity: 1 });
const genuine = await tokenFor(anyone, { sub: 'forger' });
const forge = forger(genuine, inject('target').dataDirectory);
const hourAgo = Math.floor(Date.now() / 1000) - 3600;

const bearer = async (token: string | Promise<string>) => ({ authorization: `Bearer ${await token}` });

test.each<[string, () => Promise<Record<string, string>>]>([
  ['that is missing', async () => ({})],
  ['that is expired', () => bearer(forge.withClaims({ iat: hourAgo - 60, exp: hourAgo }))],
  ['that never expires', () => bearer(forge.withClaims({ exp: undefined }))],
  ['that names nobody', () => bearer(forge.withClaims({ sub: undefined }))],
  ['for another audience', () => bearer(forge.withClaims({ aud: 'somebody-else' }))],
  ['of another issuer', () => bearer(forge.withClaims({ iss: 'https://issuer.example.com' }))],
  ['that is wrongly signed', () => bearer(forge.wronglySigned())],
  ['that is not signed', () => bearer(forge.unsigned())],
  ['that is no JWT', () => bearer('letmein')],
  ['in another scheme', async () => ({ authorization: `Basic ${genuine}` })],
])('a token %s is refused', async (_, headersOf) => {
  const headers = await headersOf();
  const send = async () => {
    const answer = await anyone.post('/orders', order, headers);
    expectUnauthenticated(answer);
    return answer;
  };
  await expectRefusal(anyone, send, 401, 'unauthenticated');
  expectUnauthenticated(await anyone.get('/customers/me/orders', headers));
});

test('with its claims unchanged the forger’s token is accepted, so the others were refused for their one change', async () => {
  const answer = await anyone.post('/orders', order, await bearer(forge.withClaims({})));
  expect(answer.status).toBe(201);
});

test('the role admin may do what staff may', async () => {
  const admin = anyone.as(await tokenFor(anyone, { sub: 'boss', groups: ['admin'] }));
  await listProduct(admin);
});
