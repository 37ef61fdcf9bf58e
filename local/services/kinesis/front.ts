// Stands before Kinesis and takes note of the records that it takes. So readers look for records only when there are some
// (kinesis-local needs 3 ms of a core to say that there are none), and the host knows at any time how many are unread.
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { endpointAt, loopback, type Service } from '../service.ts';
import type { Arrivals } from './arrivals.ts';

/** @param port where Kinesis itself listens */
export async function startFront(port: number, arrivals: Arrivals): Promise<Service> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => void relay(incoming, outgoing, { port, agent }, arrivals));
  server.listen(0, loopback);
  await once(server, 'listening');
  return {
    endpoint: endpointAt((server.address() as AddressInfo).port),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      agent.destroy();
    },
  };
}

interface Target {
  readonly port: number;
  readonly agent: Agent;
}

/** Where either side breaks off, so does the other; the SDK tries again. */
async function relay(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Target,
  arrivals: Arrivals,
): Promise<void> {
  try {
    const requestBody = await text(incoming);
    const { method, url, headers } = incoming;
    const forwarded = request({ host: loopback, ...target, method, path: url, headers }).end(requestBody);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const responseBody = await text(answer);
    if (answer.statusCode === 200 && /\.PutRecords?$/.test(String(headers['x-amz-target'])))
      arrivals.note(requestBody, responseBody);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(responseBody);
  } catch {
    outgoing.destroy();
  }
}
