// Runs for every answer below 400 before the viewer gets it, from the cache or not: takes out what is said to the edge alone.

const wellFormed = /^[\x21-\x7e]{1,128}$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const response = event.response;
  const headers = response.headers;
  delete headers['cache-tag'];
  if (headers['cache-control']) {
    const seen = cacheControl(membersOf(headers['cache-control']), membersOf(headers.vary));
    if (seen === '') delete headers['cache-control'];
    else headers['cache-control'] = { value: seen };
  }
  headers['x-correlation-id'] = { value: correlationId(event) };
  return response;
}

/** A lifetime in shared caches is for this one; caches behind it can't be purged. What belongs to a caller stays with them. */
function cacheControl(directives, vary) {
  const left = directives.filter((directive) => !/^s-maxage\b/i.test(directive));
  const isOfCaller = vary.some((name) => name.toLowerCase() === 'authorization');
  const isPrivate = left.some((directive) => directive.toLowerCase() === 'private');
  return (isOfCaller && !isPrivate ? ['private'].concat(left) : left).join(', ');
}

/** The members of a list header, whether it came as one line or as many. */
function membersOf(header) {
  if (!header) return [];
  const lines = header.multiValue ? header.multiValue.map((line) => line.value) : [header.value];
  return lines
    .join(',')
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** CloudFront doesn't say whether the request here is the viewer's or the one that viewer-request made of it. */
function correlationId(event) {
  const given = event.request.headers['x-correlation-id'];
  return given && wellFormed.test(given.value) ? given.value : event.context.requestId;
}
