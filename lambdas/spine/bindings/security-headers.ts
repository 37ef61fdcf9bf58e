// Headers by which browsers protect themselves, on every answer: the functions and the local gateway set them, and the edge
// does on what it answers by itself.

export const HSTS_MAX_AGE_IN_SECONDS = 31_536_000;

/** JSON is not a document, so a browser that renders it as one must load and run nothing. */
export const CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'";

export const securityHeaders = {
  'strict-transport-security': `max-age=${HSTS_MAX_AGE_IN_SECONDS}; includeSubDomains`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': CONTENT_SECURITY_POLICY,
} as const;
