// Runs for every request before the cache is asked. It refuses paths that edge and API could read in two ways, and correlation
// ids that are not well formed, because an answer from the cache would not look at them; gives whoever brings no correlation id
// one, because an answer from the cache still carries the id of the request that it was made for; and tells the API who asks, in
// place of whatever the viewer says of it.

/**
 * Slashes and backslashes in disguise, and segments that mean another path. CloudFront picks a behaviour by the normalised path and
 * sends the raw one on
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html), so what is kept under
 * the rules of one path could be the answer of another.
 */
const ambiguous = /%2f|%5c|\\|\/(\.|%2e){1,2}(\/|$)/i;

const wellFormed = /^[\x21-\x7e]{1,128}$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const request = event.request;
  const headers = request.headers;
  if (ambiguous.test(request.uri)) {
    return refusal(event, '/path', 'must have no encoded slash, no backslash and no dot segment');
  }
  if (!headers['x-correlation-id']) headers['x-correlation-id'] = { value: event.context.requestId };
  if (!wellFormed.test(headers['x-correlation-id'].value)) {
    return refusal(event, '/headers/x-correlation-id', 'must be 1 to 128 visible characters');
  }
  headers['x-viewer-address'] = { value: event.viewer.ip };
  return request;
}

/** As the API's own problems; CloudFront does not ask viewer-response about it. */
function refusal(event, pointer, detail) {
  return {
    statusCode: 400,
    statusDescription: 'Bad Request',
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'x-correlation-id': { value: correlationId(event) },
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

function correlationId(event) {
  const given = event.request.headers['x-correlation-id'];
  return given && wellFormed.test(given.value) ? given.value : event.context.requestId;
}
