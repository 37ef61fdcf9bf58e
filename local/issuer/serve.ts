// The issuer by itself: for stages on an emulator, which have no host of ours and no user pool.

import { notFound } from '../../lambdas/spine/http/problem.ts';
import { gatewayProblem } from '../gateway/gateway-problem.ts';
import type { Answer } from '../gateway/http-exchange.ts';
import { HttpServer } from '../gateway/http-server.ts';
import { withLocalEndpoints } from '../gateway/local-endpoints.ts';
import { issuerEndpoints } from './endpoints.ts';
import { Issuer } from './issuer.ts';
import { signingKey } from './signing-key.ts';

export interface IssuerSettings {
  /** Takes the issuer's key. */
  readonly dataDirectory: string;
  /** Address to listen on. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface IssuerServer {
  /** The `iss` claim; discovery lies below it. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly tokenUrl: string;
  stop(): Promise<void>;
}

/** @throws the error of `listen`: `EADDRINUSE` where the port is in use */
export async function serveIssuer({ dataDirectory, host, port }: IssuerSettings): Promise<IssuerServer> {
  const key = await signingKey(dataDirectory);
  const reportError = (error: unknown) => void process.stderr.write(`${error}\n`);
  const server = await HttpServer.listen(port, reportError, host);
  const name = `${server.url}/local`;
  const elsewhere: Answer = async (request) =>
    gatewayProblem(notFound(`There is no ${request.method} ${request.path}.`), request);
  server.serve(withLocalEndpoints(issuerEndpoints(new Issuer(key, name), server.url), elsewhere));
  return {
    issuer: name,
    jwksUri: `${name}/jwks.json`,
    tokenUrl: `${name}/token`,
    stop: () => server.stop(),
  };
}
