// Starts Secrets Manager: the template's secrets, for functions to read.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Resource } from '../../ports.ts';
import { endpointAt, loopback, type Service } from '../service.ts';
import { answerTo } from './protocol.ts';
import { SecretStore } from './secret-store.ts';

export interface SecretsManager extends Service {
  /** @throws Error that names the resource, for a property that is not known here */
  createSecrets(resources: readonly Resource[]): void;
  /**
   * @param secretId name or ARN
   * @throws Error for a secret that is not in the template or has no value
   */
  valueOf(secretId: string): string;
}

/** @param dataDirectory where generated values are kept, readable by their owner alone */
export async function startSecretsManager(dataDirectory: string): Promise<SecretsManager> {
  const store = new SecretStore(join(dataDirectory, 'values.json'));
  const server = createServer((request, response) => void serve(request, response, store));
  server.listen(0, loopback);
  await once(server, 'listening');
  return {
    endpoint: endpointAt((server.address() as AddressInfo).port),
    createSecrets: (resources) => store.create(resources),
    valueOf(secretId) {
      const secret = store.find(secretId);
      if (secret === undefined) throw new Error(`a secret must be in the template and have a value: ${secretId}`);
      return secret.value;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A client that breaks off gets no answer; the SDK tries again. */
async function serve(request: IncomingMessage, response: ServerResponse, store: SecretStore): Promise<void> {
  try {
    const { status, body } = answerTo(request.headersDistinct['x-amz-target']?.[0], await text(request), store);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  } catch {
    response.destroy();
  }
}
