// Requests that can be read and yet must be refused.
import type { IncomingMessage } from 'node:http';
import { Problem } from '../../lambdas/spine/http/problem.ts';

/**
 * @returns what is wrong: a request of HTTP/1.1 names exactly one host (RFC 9112, section 3.2), and expects only what exists
 * (RFC 9110, section 10.1.1)
 */
export function unfitRequest({ httpVersion, headersDistinct }: IncomingMessage): Problem | undefined {
  const { host: hosts = [], expect: expectations = [] } = headersDistinct;
  if (hosts.length > 1 || (hosts.length === 0 && httpVersion !== '1.0'))
    return new Problem(400, 'bad_request', `A request must have one header Host; this one has ${hosts.length}.`);
  if (expectations.some((expectation) => expectation.toLowerCase() !== '100-continue'))
    return new Problem(417, 'expectation_failed', 'Nothing but 100-continue can be expected here.');
  return undefined;
}
