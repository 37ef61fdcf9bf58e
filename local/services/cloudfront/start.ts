// Starts CloudFront's API: invalidations, for functions to create. The distribution itself is the edge in front of the gateway.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { endpointAt, loopback, type Service } from '../service.ts';
import { type Invalidate, Invalidations } from './invalidations.ts';
import { answerTo } from './protocol.ts';

export interface CloudFront extends Service {
  /** From now on the distribution exists, with this way of carrying out its invalidations. */
  distribute(distributionId: string, invalidate: Invalidate): void;
}

export async function startCloudFront(): Promise<CloudFront> {
  const distributions = new Map<string, Invalidations>();
  const server = createServer((request, response) => void serve(request, response, distributions));
  server.listen(0, loopback);
  await once(server, 'listening');
  return {
    endpoint: endpointAt((server.address() as AddressInfo).port),
    distribute: (distributionId, invalidate) => void distributions.set(distributionId, new Invalidations(invalidate)),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A client that breaks off gets no answer; the SDK tries again. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  distributions: ReadonlyMap<string, Invalidations>,
): Promise<void> {
  try {
    const { method = '', url: path = '' } = request;
    const { status, headers, body } = answerTo({ method, path, body: await text(request) }, distributions);
    response.writeHead(status, { ...headers, 'content-type': 'text/xml' }).end(body);
  } catch {
    response.destroy();
  }
}
