// Who calls: the token's claims, verified again behind the gateway, so that no wiring mistake lets an unchecked one in.
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Problem, unavailable } from '../problem.ts';

export interface Caller {
  /** The token's `sub`: the customer. */
  readonly customerId: string;
  /** An address that is known to be the caller's own. */
  readonly email?: string;
  /** Admins are staff too. */
  readonly isStaff: boolean;
  readonly isAdmin: boolean;
  /** The token's `exp`: seconds since 1970. */
  readonly expiresAtInSeconds: number;
}

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

/** @throws Problem 401 `unauthenticated`, or 503 `unavailable` when the issuer's keys cannot be had */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

export function tokenAuthenticator({ issuer, audience, jwksUri }: TokenSettings): Authenticate {
  const keys = issuerKeys(jwksUri);
  const options = { issuer, algorithms: ['RS256', 'ES256'], requiredClaims: ['sub', 'exp'] };
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw unauthenticated('This needs a token: Authorization: Bearer <JWT>.');
    try {
      const { payload } = await jwtVerify(token, keys, options);
      return callerOf(payload, audience);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw unauthenticated(`The token is not valid: ${reasonOf(error)}.`);
      throw error;
    }
  };
}

/**
 * As long as API Gateway keeps an issuer's keys; a token that names a key which is not among them has them fetched again at once.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
const KEYS_MAX_AGE_IN_MILLIS = 2 * 60 * 60 * 1000;
/** Shorter than a function may take, so that the caller hears of it. */
const KEYS_TIMEOUT_IN_MILLIS = 3_000;

/** Errors that the token itself causes, such as an unknown key; all others are the issuer's. */
const faultsOfTokens = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

function issuerKeys(jwksUri: string): JWTVerifyGetKey {
  const options = { cacheMaxAge: KEYS_MAX_AGE_IN_MILLIS, timeoutDuration: KEYS_TIMEOUT_IN_MILLIS };
  const keys = createRemoteJWKSet(new URL(jwksUri), options);
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (faultsOfTokens.some((fault) => error instanceof fault)) throw error;
      throw unavailable(error);
    }
  };
}

function callerOf(claims: Record<string, unknown>, audience: string): Caller {
  const { sub, exp, email, email_verified, aud, client_id, 'cognito:groups': groups } = claims;
  // A Cognito access token names its audience in client_id, an ID token in aud; API Gateway accepts either.
  if (![aud ?? client_id].flat().includes(audience)) throw unauthenticated('The token is for another audience.');
  const memberOf = Array.isArray(groups) ? groups : [];
  const isAdmin = memberOf.includes('admin');
  return {
    customerId: String(sub),
    ...(typeof email === 'string' && isTrue(email_verified) ? { email } : {}),
    isStaff: memberOf.includes('staff') || isAdmin,
    isAdmin,
    expiresAtInSeconds: Number(exp),
  };
}

/**
 * A boolean by OpenID Connect (https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims); some issuers send text. A
 * user of a pool can set an address that is somebody else's, and Cognito then says false until it is verified
 * (https://repost.aws/knowledge-center/cognito-email-verified-attribute).
 */
const isTrue = (claim: unknown): boolean => claim === true || claim === 'true';

const reasonOf = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} does not fit`;
  return 'its signature or form is wrong';
};

const unauthenticated = (detail: string): Problem =>
  new Problem(401, 'unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer' } });
