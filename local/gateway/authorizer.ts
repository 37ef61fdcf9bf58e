// The check of a bearer token that an HTTP API's JWT authorizer makes: signature, issuer, audience and expiry.
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtAuthorizerSettings } from './api.ts';

type Authorization =
  | { readonly kind: 'authorized'; readonly claims: Readonly<JWTPayload> }
  | { readonly kind: 'refused'; readonly reason: string };

export type Authorize = (authorizationHeader: string | undefined) => Promise<Authorization>;

/** @param keys finds the issuer's public key that a token names */
export function jwtAuthorizer({ issuer, audiences }: JwtAuthorizerSettings, keys: JWTVerifyGetKey): Authorize {
  const rules = { issuer, algorithms: ['RS256', 'ES256'], requiredClaims: ['exp'] };
  return async (authorizationHeader) => {
    const token = /^Bearer +(\S+)$/i.exec(authorizationHeader ?? '')?.[1];
    if (token === undefined) return refused('This needs a token: Authorization: Bearer <JWT>.');
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      // As on AWS, client_id counts where a token has no aud: Cognito's access tokens are like that.
      const named = [payload.aud ?? payload['client_id']].flat();
      const isForUs = named.some((audience) => audiences.some((expected) => expected === audience));
      return isForUs ? { kind: 'authorized', claims: payload } : refused('The token is for another audience.');
    } catch (error) {
      if (error instanceof errors.JOSEError) return refused(`The token is not valid: ${reasonOf(error)}.`);
      throw error;
    }
  };
}

const refused = (reason: string): Authorization => ({ kind: 'refused', reason });

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} does not fit`;
  return 'its signature or form is wrong';
}
