// One run: commits through relay, fan-out and projectors, the functions as they are deployed, between services that only count.
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { readModels as projections } from '../../lambdas/shop/shop.ts';
import { commitToItem } from '../../lambdas/spine/aws/dynamodb/commit-item.ts';
import { kinesisEventStream } from '../../lambdas/spine/aws/kinesis/event-stream.ts';
import { sqsRedriveQueue } from '../../lambdas/spine/aws/sqs/redrive-queue.ts';
import { sqsSubscriptionQueue } from '../../lambdas/spine/aws/sqs/subscription-queue.ts';
import type { WireVersion } from '../../lambdas/spine/aws/wire/bundle-codec.ts';
import { batchSizes } from '../../lambdas/spine/bindings/batch-sizes.ts';
import { fanOut } from '../../lambdas/spine/functions/fan-out/handler.ts';
import { projector } from '../../lambdas/spine/functions/projector/handler.ts';
import { relay } from '../../lambdas/spine/functions/relay/handler.ts';
import { type Commit, lastVersion } from '../../lambdas/spine/kernel/envelope.ts';
import { categoriesOf } from '../../lambdas/spine/kernel/projections/projection.ts';
import { inMemoryReadTable } from '../../lambdas/spine/testing/memory/read-table.ts';
import { noOwnQueue } from '../../test/support/no-own-queue.ts';
import { countingKinesis, countingSqs } from './services.ts';

/** Of `prod`: lib/spine/settings/pipeline-settings.ts; a stream on demand begins with four shards. */
const PROD = { lanes: 16, shards: 4, recordsPerBatch: 500, subscriberTimeoutInSeconds: 30 };

/** How commits come. */
export interface Arrival {
  readonly name: string;
  /** Commits that the relay gets at once. */
  readonly commitsPerBatch: number;
  /** Batches of the relay between two looks at a shard of the event stream. */
  readonly batchesPerLook: number;
  /** Messages that a projector gets at once. */
  readonly messagesPerBatch: number;
}

export interface Figures {
  readonly seconds: number;
  readonly records: number;
  readonly recordBytes: number;
  /** Of the subscriber with the most. */
  readonly messages: number;
  readonly messageBytes: number;
  /** Of the read table with the most. */
  readonly rowWrites: number;
}

export async function runPipeline(
  commits: readonly Commit[],
  arrival: Arrival,
  wireVersion: WireVersion,
): Promise<Figures> {
  const kinesis = countingKinesis(PROD.shards);
  const sqs = countingSqs();
  const redrive = sqsRedriveQueue(sqs.client, 'failures');
  const now = () => new Date();
  const { hintsPerMessage } = batchSizes(PROD.subscriberTimeoutInSeconds);
  const readModels = projections
    .map((projection) => ({ projection, name: projection.name, categories: categoriesOf(projection) }))
    .filter(({ categories }) => categories.includes('order'));
  const carry = relay({ stream: kinesisEventStream(kinesis.client, 'events', PROD.lanes, wireVersion), redrive });
  const queueOf = (name: string) => sqsSubscriptionQueue(sqs.client, name, hintsPerMessage, wireVersion);
  const spread = fanOut({
    subscribers: readModels.map((each) => ({ ...each, queue: queueOf(each.name) })),
    redrive,
    now,
  });
  const projectors = readModels.map(({ projection }) => {
    const table = inMemoryReadTable<unknown>();
    const store = storeOf(commits);
    const ports = { store, table, ownQueue: noOwnQueue, invalidations: undefined, now };
    return { name: projection.name, table, handle: projector(projection, ports) };
  });

  const look = async (): Promise<void> => {
    for (const shard of kinesis.waiting)
      while (shard.length > 0) await spread(streamEvent(shard.splice(0, PROD.recordsPerBatch)));
    for (const { name, handle } of projectors) {
      const queue = sqs.waiting.get(name) ?? [];
      while (queue.length > 0) await handle(queueEvent(queue.splice(0, arrival.messagesPerBatch)));
    }
  };

  const events = batchesOf(commits, arrival.commitsPerBatch).map(changeEvent);
  const startedAt = performance.now();
  for (const [index, event] of events.entries()) {
    await carry(event);
    if ((index + 1) % arrival.batchesPerLook === 0) await look();
  }
  await look();
  const seconds = (performance.now() - startedAt) / 1000;
  const ofQueues = projectors.map(({ name }) => sqs.traffic.get(name) ?? { count: 0, bytes: 0 });
  for (const { table } of projectors) expectAll(commits, table.rows);
  return {
    seconds,
    records: kinesis.traffic.count,
    recordBytes: kinesis.traffic.bytes,
    messages: Math.max(...ofQueues.map(({ count }) => count)),
    messageBytes: Math.max(...ofQueues.map(({ bytes }) => bytes)),
    rowWrites: Math.max(...projectors.map(({ table }) => table.writes())),
  };
}

/** @throws Error when a row is not at the end of its stream: figures of a run that lost something mean nothing */
function expectAll(commits: readonly Commit[], rows: ReadonlyMap<string, { readonly version: number }>): void {
  const ends = new Map(commits.map((commit) => [commit.stream, lastVersion(commit)]));
  for (const [stream, version] of ends)
    if (rows.get(stream)?.version !== version) throw new Error(`${stream} should be at ${version} in the end`);
}

/** What a gap is filled from. */
function storeOf(commits: readonly Commit[]) {
  const byStream = Map.groupBy(commits, ({ stream }) => stream);
  return {
    async *readForward(stream: string, after: number) {
      yield* (byStream.get(stream) ?? []).filter((commit) => lastVersion(commit) > after);
    },
  };
}

const batchesOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const changeEvent = (commits: readonly Commit[]): DynamoDBStreamEvent => ({
  Records: commits.map((commit, index) => {
    const NewImage = commitToItem(commit) as Record<string, never>;
    const { stream, version } = NewImage;
    return {
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: String(index), Keys: { stream, version }, NewImage },
    } as never;
  }),
});

const streamEvent = (records: readonly string[]): KinesisStreamEvent => ({
  Records: records.map(
    (data, index) => ({ eventID: `s:${index}`, kinesis: { sequenceNumber: String(index), data } }) as never,
  ),
});

const queueEvent = (bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index}`, body }) as never),
});
