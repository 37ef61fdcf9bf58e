// Starts DynamoDB: dynalite in a thread of its own, with the change streams that it lacks.

import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { compileCacheVariable } from '../../lifecycle/compile-cache.ts';
import type { Resource } from '../../ports.ts';
import { accountId, region } from '../../template/account.ts';
import { clientSettings } from '../client-settings.ts';
import { endpointAt, type Service } from '../service.ts';
import { ChangeStreams } from './change-streams.ts';
import { createTables } from './tables.ts';
import type { Instruction, Report, ThreadData } from './thread-messages.ts';

export type Fill = (endpoint: string, streamedTables: readonly string[]) => Promise<void>;

export interface DynamoDb extends Service {
  readonly changes: ChangeStreams;
  /**
   * Creates the tables among the resources that are not there yet, and opens their change streams with what the last run may have
   * left unconsumed. To be called before anything else is written.
   * @param fill writes what no change stream shall tell of; gets the tables with one
   * @throws Error that names the table, for one whose keys or indexes are not those of the kept one
   */
  createTables(resources: readonly Resource[], fill?: Fill): Promise<void>;
  /**
   * Forgets the writes made before the call, if it turns out that nothing of them is on its way. Until then a kill leads to their
   * records being sent again.
   * @param isIdle whether nothing is on its way anywhere, seen from the change streams downwards
   */
  checkpoint(isIdle: () => Promise<boolean>): Promise<void>;
}

/**
 * @param dataDirectory where the tables and the journal are kept; one process at a time can hold it
 * @throws Error for tables that cannot be opened
 */
export async function startDynamoDb(dataDirectory: string): Promise<DynamoDb> {
  await mkdir(dataDirectory, { recursive: true });
  const workerData: ThreadData = {
    storeFolder: join(dataDirectory, 'tables'),
    journalFile: join(dataDirectory, 'unconsumed.jsonl'),
    changeLogFile: join(dataDirectory, 'changes.sqlite'),
  };
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData,
    env: { ...compileCacheVariable, AWS_ACCOUNT_ID: accountId, AWS_REGION: region },
  });
  const changes = new ChangeStreams();
  thread.on('message', (report: Report) => {
    if (report.kind === 'change') changes.push(report.change, report.logged);
  });
  const { port } = await reported(thread, 'listening').catch((cause: unknown) => {
    const { storeFolder } = workerData;
    throw new Error(`the tables in ${storeFolder} must be whole and held by no other process: ${cause}`, { cause });
  });
  const endpoint = endpointAt(port);
  const instruct = (message: Instruction): void => thread.postMessage(message);
  return {
    endpoint,
    changes,
    async createTables(resources, fill) {
      const client = new DynamoDBClient(clientSettings(endpoint));
      const tables = await createTables(client, resources).finally(() => client.destroy());
      await fill?.(endpoint, [...tables.keys()]);
      instruct({ kind: 'stream', tables });
      const { newestAt } = await reported(thread, 'streaming');
      changes.resume(newestAt);
    },
    async checkpoint(isIdle) {
      instruct({ kind: 'mark' });
      const { position } = await reported(thread, 'marked');
      if (await isIdle()) instruct({ kind: 'forget', before: position });
    },
    async stop() {
      instruct({ kind: 'stop' });
      await reported(thread, 'stopped');
      await thread.terminate();
    },
  };
}

/** The thread's next report of that kind. Rejects when the thread fails; a failure that nobody waits for ends the host. */
async function reported<Kind extends Report['kind']>(
  thread: Worker,
  kind: Kind,
): Promise<Extract<Report, { kind: Kind }>> {
  for (;;) {
    const [report] = (await once(thread, 'message')) as [Report];
    if (report.kind === kind) return report as Extract<Report, { kind: Kind }>;
  }
}
