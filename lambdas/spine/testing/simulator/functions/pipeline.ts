// The spine's own functions, as they are deployed: relay, fan-out, redrive, invalidator.
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { sqsInvalidationQueue } from '../../../aws/sqs/invalidation-queue.ts';
import { invalidator } from '../../../edge/handler.ts';
import { fanOut } from '../../../functions/fan-out/handler.ts';
import { relay } from '../../../functions/relay/handler.ts';
import type { RecordsToRedrive } from '../../../kernel/pipeline/redrive.ts';
import type { Subscription } from '../../../kernel/pipeline/subscription.ts';
import { redrive } from '../../../ops/redrive/handler.ts';
import type { OwnQueue } from '../../../ops/redrive/ports.ts';
import type { BatchResponse } from '../../../runtime/batch-response.ts';
import { inMemoryBudgetStore } from '../../memory/budget-store.ts';
import { eventStreamOf, kinesisEvent } from '../services/event-stream.ts';
import { changeRecord } from '../services/event-table.ts';
import type { Queue } from '../services/queue.ts';
import { mapQueue } from '../services/queue-mapping.ts';
import { redriveQueueOf, sqsClientOf, subscriptionQueueOf } from '../services/sqs.ts';
import { mapStream } from '../services/stream-mapping.ts';
import type { System } from '../system.ts';
import type { Instance } from './instance.ts';
import { SimulatedFunction, type Starts } from './simulated-function.ts';

const PIPELINE = { timeoutInMillis: 30_000, concurrency: 4 };
const SERIAL = { timeoutInMillis: 60_000, concurrency: 1 };
/** Of AWS 20: fewer come to the end of them more often. */
const MOST_ATTEMPTS = 3;
const HINTS_PER_MESSAGE = 5;

const invalidation = {
  ...{
    tokensPerMonth: 100_000,
    burst: 1_000,
    collapseAbove: 20,
    settlingInSeconds: 30,
    sharedLifetimeInSeconds: 3_600,
  },
};

export function pipelineOf(system: System, subscriptions: readonly Subscription[]) {
  const { world, events, eventStream, relayFailures, fanOutFailures, invalidations } = system;
  const wireVersionOf = (version: number) => system.versions[version]?.wireVersion ?? 1;
  const batches = <Event>(name: string, settings: typeof PIPELINE, starts: Starts<Event, BatchResponse>) =>
    new SimulatedFunction<Event, BatchResponse>(world, name, settings, starts);

  const relaying = batches<DynamoDBStreamEvent>('relay', PIPELINE, (instance, version) =>
    relay({
      stream: eventStreamOf(instance, eventStream, wireVersionOf(version)),
      redrive: redriveQueueOf(instance, relayFailures),
    }),
  );
  mapStream(world, events.changes, {
    to: relaying,
    eventOf: (records) => ({ Records: records.map(({ data, sequenceNumber }) => changeRecord(data, sequenceNumber)) }),
    giveUp: (shardId, first, last) =>
      relayFailures.send(givenUp('DDBStreamBatchInfo', events.changes.name, shardId, first, last)),
    mostAttempts: MOST_ATTEMPTS,
  });

  const spreading = batches<KinesisStreamEvent>('fan-out', PIPELINE, (instance, version) => {
    const subscribers = subscriptions.map((subscription) => ({
      ...subscription,
      queue: subscriptionQueueOf(
        instance,
        system.queueOf(subscription.name),
        HINTS_PER_MESSAGE,
        wireVersionOf(version),
      ),
    }));
    return fanOut({ subscribers, redrive: redriveQueueOf(instance, fanOutFailures), now: instance.now });
  });
  mapStream(world, eventStream, {
    to: spreading,
    eventOf: kinesisEvent,
    giveUp: (shardId, first, last) =>
      fanOutFailures.send(givenUp('KinesisBatchInfo', eventStream.name, shardId, first, last)),
    mostAttempts: MOST_ATTEMPTS,
  });

  const redriving = batches<SQSEvent>('redrive', SERIAL, (instance) => {
    const toSubscriber = ({ name }: Subscription) =>
      [name, subscriptionQueueOf(instance, system.queueOf(name), HINTS_PER_MESSAGE, 1).send] as const;
    return redrive({
      destinations: new Map([
        [undefined, eventStreamOf(instance, eventStream, 1).put],
        ...subscriptions.map(toSubscriber),
      ]),
      subscriptions,
      newestCommit: (stream) =>
        instance.call(`read the newest of ${stream}`, { service: 'the event table' }, () =>
          events.store.commits(stream).at(-1),
        ),
      readChanges: (range) =>
        instance.call('read changes back', { service: events.changes.name }, () =>
          wholeOf(
            range,
            events.changes.between(range.shardId, range.first, range.last),
            ({ data, sequenceNumber }) => ({
              ...{ sequenceNumber, isInsert: true, stream: data.stream },
            }),
          ),
        ),
      readBundles: (range) =>
        instance.call('read bundles back', { service: eventStream.name }, () =>
          wholeOf(range, eventStream.between(range.shardId, range.first, range.last), ({ data, sequenceNumber }) => ({
            ...{ sequenceNumber, text: data },
          })),
        ),
      queueOf: (arn) => ownQueue(instance, arn.endsWith(relayFailures.name) ? relayFailures : fanOutFailures),
      publish: () => undefined,
    });
  });
  mapQueue(world, relayFailures, redriving);
  mapQueue(world, fanOutFailures, redriving);

  const budget = inMemoryBudgetStore();
  const invalidating = batches<SQSEvent>('invalidator', SERIAL, (instance) =>
    invalidator(
      {
        ...{ wait: (millis) => instance.wait(millis), random: instance.random, now: instance.now },
        budget: {
          load: () => instance.call('load the budget', { service: 'the budget' }, () => budget.load()),
          save: (stored) => instance.call('save the budget', { service: 'the budget' }, () => budget.save(stored)),
        },
        edge: system.edge.portOf(instance),
        queue: sqsInvalidationQueue(sqsClientOf(instance, invalidations), ''),
        publish: () => undefined,
      },
      invalidation,
    ),
  );
  mapQueue(world, invalidations, invalidating);
  return [relaying, spreading, redriving, invalidating];
}

function wholeOf<Rec extends { readonly sequenceNumber: string }, Read extends { readonly sequenceNumber: string }>(
  { first, last }: RecordsToRedrive,
  records: readonly Rec[],
  read: (record: Rec) => Read,
) {
  const isWhole = records[0]?.sequenceNumber === first && records.at(-1)?.sequenceNumber === last;
  return { records: records.map(read), isWhole };
}

const ownQueue = (instance: Instance, queue: Queue): OwnQueue => ({
  rest: redriveQueueOf(instance, queue, 5),
  hide: (messages) =>
    instance.call(`hide ${messages.length} messages`, { service: queue.name }, () => {
      for (const { receiptHandle, seconds } of messages) queue.hide(receiptHandle, seconds);
    }),
  bury: (body) => instance.call('bury a message', { service: queue.name }, () => queue.bury(body)),
});

/** As Lambda reports it. */
const givenUp = (kind: string, stream: string, shardId: string, first: string, last: string): string =>
  JSON.stringify({
    [kind]: { shardId, startSequenceNumber: first, endSequenceNumber: last, streamArn: `arn/${stream}` },
  });
