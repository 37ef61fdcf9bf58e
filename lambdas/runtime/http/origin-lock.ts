// The lock of the API behind an edge: API Gateway has an address of its own, so the edge proves itself by a secret header.
// Who comes past the edge comes past its cache, its firewall and its limits.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ORIGIN_SECRET_HEADER } from '../../bindings/edge.ts';
import { Problem } from './problem.ts';

/**
 * Takes the secret out of the request, so that nothing after it sees or logs it.
 * @throws Problem 403 `forbidden` when it is not the edge's
 */
export type OriginLock = (event: APIGatewayProxyEventV2) => void;

/** @param secret what the edge sends; `undefined` on a stage without one, where every request may pass */
export function originLock(secret: string | undefined): OriginLock {
  const expected = secret === undefined ? undefined : digestOf(secret);
  return ({ headers }) => {
    const given = digestOf(headers[ORIGIN_SECRET_HEADER] ?? '');
    delete headers[ORIGIN_SECRET_HEADER];
    // Digests have one length, so the comparison takes one time whatever was given.
    if (expected === undefined || timingSafeEqual(given, expected)) return;
    throw new Problem(403, 'forbidden', 'The API is reached through its edge address, not at this one.');
  };
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
