// The whole of an application, deployed: its tables, streams, queues and functions, wired as its template wires them.

import { type Edge, edge } from './services/edge.ts';
import { type EventTable, eventTable } from './services/event-table.ts';
import { type MailService, mailService } from './services/mail-service.ts';
import { Queue } from './services/queue.ts';
import { type ReadModels, readModels } from './services/read-models.ts';
import { SimulatedStream } from './services/stream.ts';
import type { CodeVersion, Deployed } from './versions.ts';
import type { World } from './world/world.ts';

const VISIBILITY_IN_MILLIS = 180_000;
const MOST_RECEIVES = 5;
const MOST_RECEIVES_OF_FAILURES = 1_000;

/** What is there whatever code runs. */
export interface System {
  readonly world: World;
  readonly events: EventTable;
  readonly eventStream: SimulatedStream<string>;
  readonly readModels: ReadModels;
  readonly mails: MailService;
  readonly edge: Edge;
  readonly relayFailures: Queue;
  readonly fanOutFailures: Queue;
  readonly invalidations: Queue;
  queueOf(subscription: string): Queue;
  readonly queues: readonly Queue[];
  readonly versions: readonly CodeVersion[];
}

export function newSystem(world: World, { subscriptions, versions, readTable }: Deployed): System {
  const settings = { visibilityInMillis: VISIBILITY_IN_MILLIS, mostReceives: MOST_RECEIVES };
  const failures = { ...settings, mostReceives: MOST_RECEIVES_OF_FAILURES };
  const ofSubscriptions = new Map(
    subscriptions.map(({ name }) => [name, new Queue(world, `queue of ${name}`, settings)]),
  );
  const relayFailures = new Queue(world, 'failures of the relay', failures);
  const fanOutFailures = new Queue(world, 'failures of the fan-out', failures);
  const invalidations = new Queue(world, 'queue of invalidations', settings);
  const [first] = versions;
  return {
    ...{ world, versions, relayFailures, fanOutFailures, invalidations },
    events: eventTable(),
    eventStream: new SimulatedStream<string>('event stream', 2),
    readModels: readModels(world, first.projections, readTable),
    mails: mailService(world),
    edge: edge(world),
    queueOf(subscription) {
      const queue = ofSubscriptions.get(subscription);
      if (queue) return queue;
      throw new RangeError(`There is no queue of ${subscription}`);
    },
    queues: [...ofSubscriptions.values(), relayFailures, fanOutFailures, invalidations],
  };
}
