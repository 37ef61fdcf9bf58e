// The issuer over HTTP: tokens, keys and discovery.
import { z } from 'zod';
import { validationFailed } from '../../lambdas/runtime/http/problem.ts';
import { jsonResponse } from '../../lambdas/runtime/http/response.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import { type Issuer, issuerName, tokenLifetimeInSeconds } from './issuer.ts';
import { signingAlgorithm } from './signing-key.ts';

const subject = z.strictObject({
  sub: z.string().min(1).max(128),
  email: z.email().max(254).optional(),
  groups: z.array(z.string().min(1).max(128)).max(100).optional(),
});

/** @param hostUrl where the local host listens: `http://127.0.0.1:3000` */
export const issuerEndpoints = (issuer: Issuer, hostUrl: string): LocalEndpoints => ({
  'POST /local/token': async ({ body }) => {
    const access_token = await issuer.issue(parseSubject(body));
    return jsonResponse(
      200,
      { access_token, token_type: 'Bearer', expires_in: tokenLifetimeInSeconds },
      { 'cache-control': 'no-store' },
    );
  },
  'GET /local/jwks.json': async () => jsonResponse(200, issuer.jwks),
  'GET /local/.well-known/openid-configuration': async () =>
    jsonResponse(200, {
      issuer: issuerName,
      jwks_uri: `${hostUrl}/local/jwks.json`,
      token_endpoint: `${hostUrl}/local/token`,
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [signingAlgorithm],
    }),
});

function parseSubject(body: Buffer): z.output<typeof subject> {
  const { data, error } = subject.safeParse(parseJson(body));
  if (data !== undefined) return data;
  const errors = error.issues.flatMap((issue) => {
    const pointer = ['/body', ...issue.path].join('/');
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: `${pointer}/${key}`, detail: 'is not known here' }));
  });
  throw validationFailed(errors);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw validationFailed([{ pointer: '/body', detail: 'must be JSON in UTF-8' }]);
  }
}
