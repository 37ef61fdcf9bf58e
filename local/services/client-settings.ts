// The settings of an SDK client that talks to a service on this machine.
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { region } from '../template/account.ts';

/** The services accept any signature; the SDK only needs something to sign with. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** The handler speaks HTTP/1.1, which the Kinesis client does not do by itself. One for each client: it holds the sockets. */
export const clientSettings = (endpoint: string) => ({
  endpoint,
  region,
  credentials: localCredentials,
  requestHandler: new NodeHttpHandler(),
});
