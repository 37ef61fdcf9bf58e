// The environment variables by which a function verifies its callers' tokens again.
import { TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_JWKS_URI } from '../../../lambdas/spine/bindings/environment.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';

export const tokenEnvironment = ({ issuer, audience, jwksUri }: TokenIssuer): Record<string, string> => ({
  [TOKEN_ISSUER]: issuer,
  [TOKEN_AUDIENCE]: audience,
  [TOKEN_JWKS_URI]: jwksUri,
});
