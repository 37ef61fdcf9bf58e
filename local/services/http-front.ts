// Stands before a service that speaks HTTP: it may refuse a request in the service's place, and sees what was answered.
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { endpointAt, loopback, type Service } from './service.ts';

export interface FrontRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FrontAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Front {
  /** @returns the answer in the service's place; `undefined` lets the request through */
  readonly refuse?: (request: FrontRequest) => FrontAnswer | undefined;
  /** Called with each answer of the service. */
  readonly answered?: (request: FrontRequest, answer: { readonly status: number; readonly body: string }) => unknown;
}

/** @param endpoint where the service itself listens; asked for with each request */
export async function startHttpFront(endpoint: () => string | Promise<string>, front: Front): Promise<Service> {
  const agent = new Agent({ keepAlive: true });
  const target = async () => ({ host: loopback, port: Number(new URL(await endpoint()).port), agent });
  const server = createServer((incoming, outgoing) => void relay(incoming, outgoing, target, front));
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

/** When one side breaks off, the other is ended too; the SDK tries again. */
async function relay(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: () => Promise<{ readonly host: string; readonly port: number; readonly agent: Agent }>,
  { refuse, answered }: Front,
): Promise<void> {
  try {
    const { method, url, headers } = incoming;
    const body = await text(incoming);
    const refusal = refuse?.({ headers, body });
    if (refusal !== undefined) {
      outgoing.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const forwarded = request({ ...(await target()), method, path: url, headers, signal: gone.signal }).end(body);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const answerBody = await text(answer);
    const { statusCode: status = 502 } = answer;
    answered?.({ headers, body }, { status, body: answerBody });
    outgoing.writeHead(status, answer.headers).end(answerBody);
  } catch {
    outgoing.destroy();
  }
}
