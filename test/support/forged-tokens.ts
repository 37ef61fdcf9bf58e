// Tokens that must not be accepted. Each is right but for one thing, so that it can only be refused for that.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  importJWK,
  SignJWT,
  UnsecuredJWT,
} from 'jose';

export interface Forger {
  /** Signed by the issuer, with other claims than it would give. */
  withClaims(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** The issuer's claims and key id, signed with another key. */
  wronglySigned(): Promise<string>;
  unsigned(): string;
}

/**
 * @param genuine a token that is accepted
 * @param dataDirectory of the local host: the issuer's key is there
 */
export function forger(genuine: string, dataDirectory: string): Forger {
  const claims = decodeJwt(genuine);
  const { alg = '', kid = '' } = decodeProtectedHeader(genuine);
  const signed = (payload: Readonly<Record<string, unknown>>, key: CryptoKey | Uint8Array) =>
    new SignJWT(payload).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key);
  return {
    async withClaims(others) {
      const jwk = JSON.parse(await readFile(join(dataDirectory, 'issuer-key.json'), 'utf8'));
      return signed({ ...claims, ...others }, await importJWK(jwk, alg));
    },
    wronglySigned: async () => signed(claims, (await generateKeyPair(alg)).privateKey),
    unsigned: () => new UnsecuredJWT(claims).encode(),
  };
}
