// The key pair that the local issuer signs with. Made once and kept with the data, so that tokens outlive a restart.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

export const signingAlgorithm = 'RS256';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  /** The public part, for the JWKS. */
  readonly publicJwk: JWK;
}

/** Reads the key from the data directory, or makes it there, readable by its owner alone. */
export async function signingKey(dataDirectory: string): Promise<SigningKey> {
  const file = join(dataDirectory, 'issuer-key.json');
  const jwk = (await readKey(file)) ?? (await makeKey(file));
  const { kty, n, e } = jwk;
  if (kty !== 'RSA' || n === undefined || e === undefined) throw new Error(`${file} must hold an RSA key as a JWK.`);
  const keyId = await calculateJwkThumbprint(jwk);
  const privateKey = (await importJWK(jwk, signingAlgorithm)) as CryptoKey;
  return { keyId, privateKey, publicJwk: { kty, n, e, kid: keyId, alg: signingAlgorithm, use: 'sig' } };
}

async function readKey(file: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read as a key: ${(error as Error).message}`, { cause: error });
  }
}

async function makeKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  await writeFile(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
}
