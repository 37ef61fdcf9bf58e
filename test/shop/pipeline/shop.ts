// A shop in memory, from the commits to the rows and the e-mails, over the handlers as they are. Between them are Kinesis and SQS, which
// take and refuse what AWS's take and refuse, and cut what they deliver as a test says.
import type { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import { shop as application, readModels } from '../../../lambdas/shop/shop.ts';
import { commitToItem } from '../../../lambdas/spine/aws/dynamodb/commit-item.ts';
import { kinesisEventStream } from '../../../lambdas/spine/aws/kinesis/event-stream.ts';
import { sqsRedriveQueue } from '../../../lambdas/spine/aws/sqs/redrive-queue.ts';
import { sqsSubscriptionQueue } from '../../../lambdas/spine/aws/sqs/subscription-queue.ts';
import { decodeBundle } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { fanOut } from '../../../lambdas/spine/functions/fan-out/handler.ts';
import { projector } from '../../../lambdas/spine/functions/projector/handler.ts';
import { relay } from '../../../lambdas/spine/functions/relay/handler.ts';
import { type Commit, eventId } from '../../../lambdas/spine/kernel/envelope.ts';
import { subscriptionsOf } from '../../../lambdas/spine/manifest/subscriptions.ts';
import { notifier } from '../../../lambdas/spine/notifications/handler.ts';
import type { Mail } from '../../../lambdas/spine/notifications/port.ts';
import { redrive } from '../../../lambdas/spine/ops/redrive/handler.ts';
import type { BatchResponse } from '../../../lambdas/spine/runtime/batch-response.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';
import { fakeProvider } from '../fulfilment/fake-provider.ts';

const subscriptions = subscriptionsOf(application);

export interface ShopSettings {
  /** How many records or messages a function gets at once, in turn. */
  readonly batchSizes: readonly number[];
  /** What SQS refuses beyond what AWS's does, as if its rules were others than documented. */
  readonly alsoRefuses?: RegExp;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html: the characters of a message. */
const SQS_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;
const MOST_SQS_BYTES = 1_048_576;
const HINTS_PER_MESSAGE = 100;

export function shop({ batchSizes, alsoRefuses }: ShopSettings) {
  const store = inMemoryEventStore();
  const changes: Commit[] = [];
  const bundles: string[] = [];
  const queues = new Map<string, string[]>(subscriptions.map(({ name }) => [name, []]));
  const mails: Mail[] = [];
  /** Bodies of what waits to be redriven. */
  const left: string[] = [];
  const broken = new Set<string>();
  /** What each subscriber was told of: `order-1@2`. */
  const deliveries = new Map<string, string[]>();
  let isStreamDown = false;
  let failures = 0;
  let ids = 0;
  let turn = 0;

  const recording = {
    ...store,
    async append(commit: Commit) {
      const result = await store.append(commit);
      if (result.kind === 'appended') changes.push(commit);
      return result;
    },
  };
  const kinesis = {
    send: async ({ input: { Records = [] } }: PutRecordsCommand) => {
      if (isStreamDown) throw denied();
      bundles.push(...Records.map(({ Data = new Uint8Array() }) => Buffer.from(Data).toString('base64')));
      return { Records: Records.map(() => ({ SequenceNumber: '1' })) };
    },
  } as unknown as KinesisClient;
  const isRefused = (body: string): boolean =>
    !SQS_TEXT.test(body) || Buffer.byteLength(body) > MOST_SQS_BYTES || (alsoRefuses?.test(body) ?? false);
  const sqs = {
    send: async ({ input: { QueueUrl = '', Entries = [] } }: SendMessageBatchCommand) => {
      const Failed = Entries.filter(({ MessageBody = '' }) => isRefused(MessageBody));
      const taken = Entries.filter((entry) => !Failed.includes(entry)).map(({ MessageBody = '' }) => MessageBody);
      if (broken.has(QueueUrl)) throw denied();
      (QueueUrl === 'failures' ? left : queues.get(QueueUrl))?.push(...taken);
      return { Failed: Failed.map(({ Id }) => ({ Id, SenderFault: true, Code: 'InvalidMessageContents' })) };
    },
  } as unknown as SQSClient;
  const failuresQueue = sqsRedriveQueue(sqs, 'failures');

  const now = () => new Date('2026-01-01T00:00:00.000Z');
  const ports = { store: recording, wait: async () => {}, random: () => 0, newId: () => `id-${ids++}`, now };
  const carry = relay({ stream: kinesisEventStream(kinesis, 'events', 2), redrive: failuresQueue });
  const spread = fanOut({
    subscribers: subscriptions.map((each) => ({
      ...each,
      queue: sqsSubscriptionQueue(sqs, each.name, HINTS_PER_MESSAGE),
    })),
    redrive: failuresQueue,
    now,
  });
  const tables = new Map(readModels.map(({ name, viewKey }) => [name, inMemoryReadTable<unknown>(viewKey)]));
  const subscribers = new Map<string, (event: SQSEvent) => Promise<BatchResponse>>();
  for (const projection of readModels) {
    const table = tables.get(projection.name) ?? inMemoryReadTable();
    subscribers.set(
      projection.name,
      projector(projection, { store, table, ownQueue: noOwnQueue, invalidations: undefined, now }),
    );
  }
  const provider = fakeProvider(now);
  const fulfilment = { provider, timers: { schedule: async () => {} }, ownQueue: noOwnQueue, countLongWait: () => {} };
  const durations = { paymentTimeoutInSeconds: 900, outageInSeconds: 3_600 };
  subscribers.set('order-fulfilment', fulfilOrders({ ...ports, ...fulfilment, ...durations }));
  const mailer = {
    async send(mail: Mail) {
      mails.push(mail);
      return { kind: 'sent' as const, messageId: `ses-${mails.length}` };
    },
  };
  const notification = {
    mailer,
    ownQueue: noOwnQueue,
    pace: { turn: async () => true, taken: () => {}, throttled: () => {} },
    later: { send: () => Promise.reject(new Error('No e-mail has to wait here')) },
    publish: () => {},
  };
  subscribers.set('notifications', notifier(orderNotifications, { ...ports, ...notification }));

  const again = redrive({
    subscriptions,
    destinations: new Map([
      [undefined, kinesisEventStream(kinesis, 'events', 2).put],
      ...subscriptions.map(({ name }) => [name, sqsSubscriptionQueue(sqs, name, HINTS_PER_MESSAGE).send] as const),
    ]),
    newestCommit: async (stream) => store.commits(stream).at(-1),
    readChanges: () => Promise.reject(new Error('nothing is given up by position here')),
    readBundles: () => Promise.reject(new Error('nothing is given up by position here')),
    queueOf: () => ({ rest: failuresQueue, hide: async () => {}, bury: async () => {} }),
    publish: () => {},
  });

  const take = <Item>(items: Item[]): Item[] => items.splice(0, batchSizes[turn++ % batchSizes.length] ?? 1);
  const hand = async <Item>(items: Item[], handle: (some: readonly Item[]) => Promise<BatchResponse>) => {
    const some = take(items);
    if (some.length > 0) failures += (await handle(some)).batchItemFailures.length;
  };

  /** Runs every function for as long as there is something for one. */
  async function settle(): Promise<void> {
    while (changes.length + bundles.length + [...queues.values()].flat().length > 0) {
      await hand(changes, (commits) => carry(changeEvent(commits)));
      await hand(bundles, (records) => spread(streamEvent(records)));
      for (const [name, handle] of subscribers)
        await hand(queues.get(name) ?? [], (messages) => {
          const hints = messages.flatMap(decodeBundle);
          deliveries.set(name, [...(deliveries.get(name) ?? []), ...hints.map(eventId)]);
          return handle(queueEvent(messages));
        });
    }
  }

  /** Every message that waits to be redriven comes once. */
  async function redriveOnce(): Promise<void> {
    const bodies = left.splice(0);
    const { batchItemFailures } = await again(queueEvent(bodies));
    const kept = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    left.push(...bodies.filter((_, index) => kept.has(messageId(index))));
    await settle();
  }

  return {
    redriveOnce,
    /** Queues that refuse every call, by the names of their subscribers. */
    broken,
    breakStream: (isDown: boolean) => {
      isStreamDown = isDown;
    },
    deliveries: (name: string) => deliveries.get(name) ?? [],
    store: recording,
    provider,
    mails,
    settle,
    row: (readModel: string, stream: string) => tables.get(readModel)?.rows.get(stream)?.part,
    /** What went wrong on the way, which a text must never be the cause of. */
    troubles: () => ({ failures, left: left.length }),
  };
}

const changeEvent = (commits: readonly Commit[]): DynamoDBStreamEvent => ({
  Records: commits.map((commit, index) => {
    // Through JSON, as Lambda delivers it.
    const { stream, version, ...rest } = JSON.parse(JSON.stringify(commitToItem(commit)));
    const Keys = { stream, version };
    return { eventName: 'INSERT', dynamodb: { SequenceNumber: String(index), Keys, NewImage: { ...Keys, ...rest } } };
  }),
});

const streamEvent = (bundles: readonly string[]): KinesisStreamEvent => ({
  Records: bundles.map((data, index) => ({ kinesis: { sequenceNumber: String(index), data } }) as never),
});

const queueEvent = (bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((body, index) => {
    const id = messageId(index);
    const attributes = { ApproximateReceiveCount: '1' };
    return { messageId: id, receiptHandle: id, body, attributes, eventSourceARN: 'arn:failures' } as never;
  }),
});

const messageId = (index: number): string => `m${index}`;

/** What SQS and Kinesis answer who lost the permission. */
const denied = (): Error => Object.assign(new Error('denied'), { name: 'AccessDeniedException', $fault: 'client' });

export type Shop = ReturnType<typeof shop>;
