// An application's own endpoints, beside those that every host has.
import { parseJsonBody } from '../gateway/json-body.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import type { LocalApplication, RunningHost } from './local-application.ts';

/**
 * All endpoints below `/local/`.
 * @throws Error for a route of the application that lies elsewhere or is the host's
 */
export function withApplicationEndpoints(
  ofHost: LocalEndpoints,
  application: Pick<LocalApplication, 'endpoints'>,
  host: RunningHost,
): LocalEndpoints {
  const ofApplication = Object.entries(application.endpoints?.(host) ?? {});
  for (const [key] of ofApplication) {
    if (key in ofHost) throw new Error(`An application's local endpoint must not be the host's own: ${key}`);
    if (!/^[A-Z]+ \/local\//.test(key)) throw new Error(`A local endpoint must lie below /local/, got ${key}`);
  }
  const endpoints: LocalEndpoints = Object.fromEntries(
    ofApplication.map(([key, answer]) => [
      key,
      ({ query, headers, correlationId, body }, pathParameters) =>
        answer({ query, headers, correlationId, pathParameters, body: (schema) => parseJsonBody(schema, body) }),
    ]),
  );
  return { ...ofHost, ...endpoints };
}
