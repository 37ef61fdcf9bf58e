// The token issuer of the local host: on AWS this is a user pool; here anybody may ask for any token.
import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, SignJWT } from 'jose';
import { type SigningKey, signingAlgorithm } from './signing-key.ts';

/** Fixed, so that a token survives a restart on another port. */
export const issuerName = 'https://issuer.eventspine.localhost';
export const audience = 'eventspine';
export const tokenLifetimeInSeconds = 3600;

export interface Subject {
  readonly sub: string;
  readonly email?: string | undefined;
  /** @default true */
  readonly emailVerified?: boolean | undefined;
  readonly groups?: readonly string[] | undefined;
}

export class Issuer {
  readonly jwks: JSONWebKeySet;
  /** Finds the public key that a token names. */
  readonly keys: JWTVerifyGetKey;
  /** The `iss` claim. */
  readonly name: string;
  readonly #key: SigningKey;

  constructor(key: SigningKey, name = issuerName) {
    this.#key = key;
    this.name = name;
    this.jwks = { keys: [key.publicJwk] };
    this.keys = createLocalJWKSet(this.jwks);
  }

  /** A signed token for the subject, valid for `tokenLifetimeInSeconds`. */
  async issue({ sub, email, emailVerified = true, groups }: Subject): Promise<string> {
    return new SignJWT({
      ...(email !== undefined && { email, email_verified: emailVerified }),
      ...(groups !== undefined && { 'cognito:groups': groups }),
    })
      .setProtectedHeader({ alg: signingAlgorithm, kid: this.#key.keyId, typ: 'JWT' })
      .setIssuer(this.name)
      .setAudience(audience)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(`${tokenLifetimeInSeconds} s`)
      .setJti(randomUUID())
      .sign(this.#key.privateKey);
  }
}
