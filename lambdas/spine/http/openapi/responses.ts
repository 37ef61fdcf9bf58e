// The problems that operations answer, one component a status.
import { answerHeaders, type HeaderName } from './headers.ts';
import { ref } from './schemas.ts';

const problem = (description: string, ...headers: readonly HeaderName[]) => ({
  description,
  headers: answerHeaders(...headers),
  content: { 'application/problem+json': { schema: ref('schemas/Problem') } },
});

export const problemResponses = {
  400: ['ValidationFailed', problem('The request does not fit its schema: validation_failed')],
  401: ['Unauthenticated', problem('No valid token, or no valid signature: unauthenticated', 'WWW-Authenticate')],
  403: ['Forbidden', problem('The role does not allow it: forbidden')],
  404: ['NotFound', problem('There is no such thing, or it is not the caller’s to see: not_found')],
  409: ['Conflict', problem('A rule of the domain says no; the code says which')],
  412: ['VersionMismatch', problem('If-Match does not fit: version_mismatch, with the current version', 'ETag')],
  413: ['PayloadTooLarge', problem('The body has more than 64 KB: payload_too_large')],
  415: ['UnsupportedMediaType', problem('The body is not plain JSON: unsupported_media_type', 'Accept-Encoding')],
  422: ['Unprocessable', problem('It names something that does not exist, or reuses a key: idempotency_key_reused, …')],
  429: ['Throttled', problem('Too many requests: throttled', 'Retry-After')],
  431: ['HeadersTooLarge', problem('Address and headers have more than 10 KB: request_header_fields_too_large')],
  500: ['Unexpected', problem('Something is wrong on our side: internal_error')],
  503: ['Unavailable', problem('Try again: unavailable, or contention of many for one thing', 'Retry-After')],
} as const;

export type ProblemStatus = keyof typeof problemResponses;

export const problemComponents = Object.fromEntries(Object.values(problemResponses));

export const problemRefs = (statuses: readonly ProblemStatus[]) =>
  Object.fromEntries(statuses.map((status) => [status, ref(`responses/${problemResponses[status][0]}`)]));
