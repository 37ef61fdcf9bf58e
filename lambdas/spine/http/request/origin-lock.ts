// The lock of the API behind an edge: API Gateway has an address of its own, so the edge proves itself by a secret header.
// Who comes past the edge comes past its cache, its firewall and its limits.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ORIGIN_SECRET_HEADER } from '../../bindings/edge.ts';
import { Problem } from '../problem.ts';

/**
 * Takes the secret out of the request, so that nothing after it sees or logs it.
 * @throws Problem 403 `forbidden` when it is not the edge's
 */
export type OriginLock = (event: APIGatewayProxyEventV2) => void;

/**
 * @param secrets what the edge may send, separated by commas: one, and while it changes the other too. `undefined` on a stage without
 * an edge, where every request may pass
 */
export function originLock(secrets: string | undefined): OriginLock {
  const accepted = secrets?.split(',').map(digestOf);
  return ({ headers }) => {
    const given = digestOf(headers[ORIGIN_SECRET_HEADER] ?? '');
    delete headers[ORIGIN_SECRET_HEADER];
    // Digests have one length, and all are compared, so it takes one time whatever was given.
    if (accepted === undefined || accepted.map((each) => timingSafeEqual(given, each)).includes(true)) return;
    throw new Problem(403, 'forbidden', 'The API is reached through its edge address, not at this one.');
  };
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
