// dynalite behind our own request listener. Requests are handed to it whole and in this process, so that a client that goes away
// in the middle of one cannot end it, and every answer can be seen before the client sees it.

import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import dynalite from 'dynalite';
import inject from 'light-my-request';
import { loopback } from '../service.ts';
import { type Answer, operationOf } from './wire.ts';

export interface DynaliteServer {
  /** dynalite's answer to a request. */
  readonly answer: Answer;
  /** Serves these answers on a free port. @returns the port */
  serve(answer: Answer): Promise<number>;
  /** Ends the connections and closes the store. */
  close(): Promise<void>;
}

/** @param storeFolder the LevelDB folder, which one process at a time can hold */
export function openDynalite(storeFolder: string): DynaliteServer {
  const server = dynalite({ path: storeFolder, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('dynalite has no request listener: this version is not known here');
  server.removeAllListeners('request');
  return {
    async answer({ headers, body }) {
      const response = await inject(listener, { method: 'POST', url: '/', headers, payload: body, validate: false });
      return {
        status: response.statusCode,
        headers: response.headers as Record<string, string>,
        body: response.payload,
      };
    },
    async serve(answer) {
      server.on('request', (request, response) => void relay(request, response, answer));
      server.listen(0, loopback);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    async close() {
      const closed = promisify(server.close.bind(server))();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function relay(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const body = await text(request).catch(() => undefined);
  if (body === undefined) {
    response.destroy();
    return;
  }
  const answered = await answer({ operation: operationOf(request.headers), headers: request.headers, body });
  response.writeHead(answered.status, answered.headers).end(answered.body);
}
