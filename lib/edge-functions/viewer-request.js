// Runs for every request before the cache is asked: whoever brings no correlation id gets one here, because an answer from
// the cache still carries the id of the request that it was made for.

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const request = event.request;
  if (!request.headers['x-correlation-id']) {
    request.headers['x-correlation-id'] = { value: event.context.requestId };
  }
  return request;
}
