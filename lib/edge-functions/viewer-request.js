// Runs for every request before the cache is asked: whoever brings no correlation id gets one here, because an answer from
// the cache still carries the id of the request that it was made for; one that is not well formed is refused here, because
// an answer from the cache would not look at it.

const wellFormed = /^[\x21-\x7e]{1,128}$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const request = event.request;
  const headers = request.headers;
  if (!headers['x-correlation-id']) headers['x-correlation-id'] = { value: event.context.requestId };
  if (wellFormed.test(headers['x-correlation-id'].value)) return request;
  return refusal(event, '/headers/x-correlation-id', 'must be 1 to 128 visible characters');
}

/** As the API's own problems; CloudFront does not ask viewer-response about it. */
function refusal(event, pointer, detail) {
  return {
    statusCode: 400,
    statusDescription: 'Bad Request',
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'x-correlation-id': { value: event.context.requestId },
    },
    body: JSON.stringify({
      type: 'urn:eventspine:problem:validation_failed',
      title: 'Validation failed',
      status: 400,
      detail: 'The request does not fit its schema; see errors.',
      instance: event.request.uri,
      code: 'validation_failed',
      errors: [{ pointer: pointer, detail: detail }],
    }),
  };
}
