// Starts SES: aws-ses-v2-local in a thread of its own. It takes every message, from whatever sender, and delivers none.

import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { compileCacheVariable } from '../../lifecycle/compile-cache.ts';
import { endpointAt, type Service } from '../service.ts';
import { type Message, mailboxFile, readMailbox } from './mailbox.ts';
import type { ThreadData } from './thread.ts';

export interface Ses extends Service {
  /** All that was ever sent, oldest first. */
  messages(): readonly Message[];
}

/** @param dataDirectory where the messages are kept */
export async function startSes(dataDirectory: string): Promise<Ses> {
  const file = join(dataDirectory, mailboxFile);
  const workerData: ThreadData = { mailboxFile: file };
  // Without the host's environment, in which a variable could make it pass messages on to a real mail server.
  const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData, env: compileCacheVariable });
  const [port] = (await once(thread, 'message')) as [number];
  return {
    endpoint: endpointAt(port),
    messages: () => readMailbox(file),
    async stop() {
      thread.postMessage('stop');
      await once(thread, 'message');
      await thread.terminate();
    },
  };
}
