// The token issuer that a stage under test trusts, as far as the stage sees it: discovery and keys.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Issuer } from '../../../local/issuer/issuer.ts';
import { signingKey } from '../../../local/issuer/signing-key.ts';

export interface IssuerServer {
  /** The `iss` claim. */
  readonly url: string;
  readonly jwksUri: string;
  stop(): Promise<void>;
}

const JWKS_PATH = '/jwks.json';

/** @param dataDirectory takes the issuer's key */
export async function startIssuer(dataDirectory: string): Promise<IssuerServer> {
  const { jwks } = new Issuer(await signingKey(dataDirectory));
  const server = createServer((request, response) => {
    const body = request.url === JWKS_PATH ? jwks : { issuer: url, jwks_uri: jwksUri };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwksUri = `${url}${JWKS_PATH}`;
  return {
    url,
    jwksUri,
    async stop() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
