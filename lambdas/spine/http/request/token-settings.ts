import { TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_JWKS_URI } from '../../bindings/environment.ts';
import { required } from '../../runtime/environment.ts';
import { type Authenticate, tokenAuthenticator } from './caller.ts';

/** The authenticator for the issuer that the environment names. @throws MissingVariableError */
export const authenticatorFromEnvironment = (): Authenticate =>
  tokenAuthenticator({
    issuer: required(TOKEN_ISSUER),
    audience: required(TOKEN_AUDIENCE),
    jwksUri: required(TOKEN_JWKS_URI),
  });
