// Accepts the payment provider's own callbacks only. The log says why one was refused, without its signature or the secret.

import { SECRET_MAX_AGE_IN_MILLIS, type Secret } from '../../../spine/aws/secrets/secret.ts';
import type { VerifySignature } from '../../../spine/http/endpoint.ts';
import { Problem } from '../../../spine/http/problem.ts';
import { logger } from '../../../spine/runtime/logger.ts';
import { SIGNATURE_REFUSED } from '../../bindings/metrics.ts';
import {
  checkSignature,
  SIGNATURE_TOLERANCE_IN_SECONDS,
  type SignatureCheck,
} from '../providers/callback-signature.ts';

/**
 * A wrong signature may mean that the secret was rotated, so it is fetched again; but not so often that forgers keep us
 * fetching.
 */
const SECRET_MIN_AGE_IN_MILLIS = 10_000;

/**
 * @param header name of the header with the signature
 * @param now milliseconds since 1970
 */
export function signatureVerifier(header: string, secret: Secret, now: () => number): VerifySignature {
  return async (headers, body) => {
    const checkWith = async (maxAgeInMillis: number): Promise<SignatureCheck> =>
      checkSignature(headers[header.toLowerCase()], body, await secret(maxAgeInMillis), Math.floor(now() / 1000));
    const first = await checkWith(SECRET_MAX_AGE_IN_MILLIS);
    const check = first.kind === 'forged' ? await checkWith(SECRET_MIN_AGE_IN_MILLIS) : first;
    if (check.kind === 'valid') return;
    logger.warn('A payment callback was refused', { code: SIGNATURE_REFUSED, reason: `signature_${check.kind}` });
    const challenge = { 'www-authenticate': header };
    throw new Problem(401, 'unauthenticated', explain(header, check), { headers: challenge });
  };
}

function explain(header: string, check: Exclude<SignatureCheck, { kind: 'valid' }>): string {
  const form = `${header}: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">`;
  switch (check.kind) {
    case 'missing':
      return `This needs a signature: ${form}.`;
    case 'malformed':
      return `The signature is not of the form ${form}.`;
    case 'forged':
      return 'The signature does not fit the body and the secret that we share.';
    case 'stale': {
      const distance = `${Math.abs(check.ageInSeconds)} s ${check.ageInSeconds > 0 ? 'behind' : 'ahead'}`;
      return `The time of a signature must be within ${SIGNATURE_TOLERANCE_IN_SECONDS} s of ours; this one is ${distance}.`;
    }
    default:
      return check satisfies never;
  }
}
