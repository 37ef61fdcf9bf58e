// Creates the template's streams. They begin empty at every start: kinesis-local keeps nothing.
import { CreateStreamCommand, type KinesisClient, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import * as z from 'zod';
import type { Resource } from '../../ports.ts';

/** What AWS gives a stream in on-demand mode to begin with. */
const onDemandShards = 4;

const waitInSeconds = { maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.02 } as const;

const streamProperties = z.object({ Name: z.string(), ShardCount: z.int().positive().default(onDemandShards) });

/** @throws Error that names the resource, for a property that is not known here */
export async function createStreams(client: KinesisClient, resources: readonly Resource[]): Promise<void> {
  for (const { type, stack, path, properties } of resources) {
    if (type !== 'AWS::Kinesis::Stream') continue;
    const { data: stream, error } = streamProperties.safeParse(properties);
    if (error) throw new Error(`${stack}/${path}: ${z.prettifyError(error)}`);
    await client.send(new CreateStreamCommand({ StreamName: stream.Name, ShardCount: stream.ShardCount }));
    await waitUntilStreamExists({ client, ...waitInSeconds }, { StreamName: stream.Name });
  }
}
