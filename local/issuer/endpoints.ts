// The issuer over HTTP: tokens, keys and discovery.
import { z } from 'zod';
import { jsonResponse } from '../../lambdas/spine/http/response.ts';
import { parseJsonBody } from '../gateway/json-body.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import { type Issuer, tokenLifetimeInSeconds } from './issuer.ts';
import { signingAlgorithm } from './signing-key.ts';

const subject = z.strictObject({
  sub: z.string().min(1).max(128),
  email: z.email().max(254).optional(),
  emailVerified: z.boolean().optional(),
  groups: z.array(z.string().min(1).max(128)).max(100).optional(),
});

/** @param hostUrl where the local host listens: `http://127.0.0.1:3000` */
export const issuerEndpoints = (issuer: Issuer, hostUrl: string): LocalEndpoints => ({
  'POST /local/token': async ({ body }) => {
    const access_token = await issuer.issue(parseJsonBody(subject, body));
    return jsonResponse(
      200,
      { access_token, token_type: 'Bearer', expires_in: tokenLifetimeInSeconds },
      { 'cache-control': 'no-store' },
    );
  },
  'GET /local/jwks.json': async () => jsonResponse(200, issuer.jwks),
  'GET /local/.well-known/openid-configuration': async () =>
    jsonResponse(200, {
      issuer: issuer.name,
      jwks_uri: `${hostUrl}/local/jwks.json`,
      token_endpoint: `${hostUrl}/local/token`,
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [signingAlgorithm],
    }),
});
