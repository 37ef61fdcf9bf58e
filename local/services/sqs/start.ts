// Starts SQS: fauxqs in a thread of its own.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SQSClient } from '@aws-sdk/client-sqs';
import { compileCacheVariable } from '../../lifecycle/compile-cache.ts';
import type { Resource } from '../../ports.ts';
import { clientSettings } from '../client-settings.ts';
import { endpointAt, type Service } from '../service.ts';
import { createQueues } from './queues.ts';
import type { ThreadData } from './thread.ts';

export interface Sqs extends Service {
  /**
   * Creates the queues among the resources, and gives those that were kept the template's settings.
   * @throws Error that names the resource, for a property that is not known here
   */
  createQueues(resources: readonly Resource[]): Promise<void>;
}

/** @param dataDirectory where the queues and their messages are kept */
export async function startSqs(dataDirectory: string): Promise<Sqs> {
  const workerData: ThreadData = { folder: dataDirectory };
  // A failure of the thread rejects a wait for it; one that nobody waits for ends the host.
  const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData, env: compileCacheVariable });
  const [port] = (await once(thread, 'message')) as [number];
  const endpoint = endpointAt(port);
  return {
    endpoint,
    async createQueues(resources) {
      const client = new SQSClient(clientSettings(endpoint));
      await createQueues(client, endpoint, resources).finally(() => client.destroy());
    },
    async stop() {
      thread.postMessage('stop');
      await once(thread, 'message');
      await thread.terminate();
    },
  };
}
