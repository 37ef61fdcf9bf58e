// Starts Kinesis: kinesis-local in a process of its own, with a front that knows which records have come.
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Resource } from '../../ports.ts';
import { clientSettings } from '../client-settings.ts';
import type { Service } from '../service.ts';
import { Arrivals } from './arrivals.ts';
import { startFront } from './front.ts';
import { startKinesisProcess } from './kinesis-process.ts';
import { createStreams } from './streams.ts';

export interface Kinesis extends Service {
  readonly arrivals: Arrivals;
  /** @throws Error that names the resource, for a property that is not known here */
  createStreams(resources: readonly Resource[]): Promise<void>;
}

/** What it holds lives as long as the process: a restart begins with empty streams. */
export async function startKinesis(): Promise<Kinesis> {
  const kinesisProcess = await startKinesisProcess();
  const arrivals = new Arrivals();
  const front = await startFront(kinesisProcess.port, arrivals);
  return {
    endpoint: front.endpoint,
    arrivals,
    async createStreams(resources) {
      const client = new KinesisClient(clientSettings(front.endpoint));
      await createStreams(client, resources).finally(() => client.destroy());
    },
    async stop() {
      await front.stop();
      await kinesisProcess.stop();
    },
  };
}
