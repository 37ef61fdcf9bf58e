// The correlation id of a request: the caller's if it is well formed, else one that we mint. From here on it stands in the
// event's headers.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ulid } from 'ulid';
import { type Problem, validationFailed } from '../problem.ts';

export const CORRELATION_HEADER = 'x-correlation-id';

const WELL_FORMED = /^[\x21-\x7e]{1,128}$/;

export const correlationIdOf = (event: APIGatewayProxyEventV2): string => event.headers[CORRELATION_HEADER] ?? '';

/** @returns what the caller has to learn when its id is not well formed; the event has a minted one then */
export function ensureCorrelationId(event: APIGatewayProxyEventV2): Problem | undefined {
  const given = event.headers[CORRELATION_HEADER];
  if (given !== undefined && WELL_FORMED.test(given)) return undefined;
  event.headers[CORRELATION_HEADER] = ulid();
  if (given === undefined) return undefined;
  return validationFailed([{ pointer: '/headers/x-correlation-id', detail: 'must be 1 to 128 visible characters' }]);
}
