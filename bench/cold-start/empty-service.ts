// Stands for every service of AWS: it has nothing, and says so to the one function that looks something up without a record.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export function emptyService() {
  const server = createServer((request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}'));
  }).listen(0, '127.0.0.1');
  const listening = once(server, 'listening');
  return {
    async url(): Promise<string> {
      await listening;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
