// The functions behind subscriptions' queues, and those behind the API.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSEvent } from 'aws-lambda';
import { sqsInvalidationQueue } from '../../../aws/sqs/invalidation-queue.ts';
import { sqsLaterHints } from '../../../aws/sqs/later-hints.ts';
import { sqsTimerQueue } from '../../../aws/sqs/timer-queue.ts';
import { projector } from '../../../functions/projector/handler.ts';
import type { ExecutionPorts } from '../../../kernel/execution/execute-command.ts';
import { keptStreams } from '../../../kernel/execution/kept-streams.ts';
import { notifier } from '../../../notifications/handler.ts';
import type { Notifications } from '../../../notifications/notification.ts';
import { steadyPace } from '../../../notifications/pace.ts';
import type { BatchResponse } from '../../../runtime/batch-response.ts';
import type { BatchWorker } from '../../../runtime/batch-worker.ts';
import type { SimulatedApplication } from '../application.ts';
import { mapQueue } from '../services/queue-mapping.ts';
import { ownQueueOf, sqsClientOf } from '../services/sqs.ts';
import type { System } from '../system.ts';
import type { Instance } from './instance.ts';
import { SimulatedFunction } from './simulated-function.ts';

const SUBSCRIBER = { timeoutInMillis: 30_000, concurrency: 3 };
const HTTP = { timeoutInMillis: 10_000, concurrency: 20 };
/** SES's rate for the one notifications function at a time. */
const NOTIFIER = { timeoutInMillis: 30_000, concurrency: 2 };
const MAILS_PER_SECOND = 5;
const HINTS_PER_MESSAGE = 5;

export function executionPortsOf(system: System, instance: Instance): ExecutionPorts & { newId(): string } {
  return {
    store: system.events.portOf(instance),
    kept: keptStreams(),
    wait: (millis) => instance.wait(millis),
    random: instance.random,
    newId: instance.newId,
  };
}

export function subscribersOf<Outside>(
  system: System,
  application: SimulatedApplication<Outside>,
  outside: Outside,
): readonly SimulatedFunction<SQSEvent, BatchResponse>[] {
  const consumer = (
    name: string,
    settings: typeof SUBSCRIBER,
    start: (instance: Instance, version: number) => BatchWorker,
  ) => {
    const deployed = new SimulatedFunction<SQSEvent, BatchResponse>(
      system.world,
      name,
      settings,
      (instance, version) => {
        const work = start(instance, version);
        return (event) => work(event, instance);
      },
    );
    mapQueue(system.world, system.queueOf(name), deployed);
    return deployed;
  };
  const [first] = application.versions;
  const projectors = first.projections.map(({ name }) => consumer(name, SUBSCRIBER, projectorOf(system, name)));
  const processes = Object.entries(application.processes).map(([name, worker]) =>
    consumer(name, SUBSCRIBER, (instance) => {
      const queue = system.queueOf(name);
      const ports = {
        ...executionPortsOf(system, instance),
        timers: sqsTimerQueue(sqsClientOf(instance, queue), '', instance.now),
        ownQueue: ownQueueOf(instance, queue, HINTS_PER_MESSAGE),
        countLongWait: () => undefined,
        now: instance.now,
      };
      return worker(ports, instance, outside);
    }),
  );
  const notifiers = Object.entries(application.notifications).map(([name, declaration]) =>
    consumer(name, NOTIFIER, notifierOf(system, name, declaration)),
  );
  return [...projectors, ...processes, ...notifiers];
}

const projectorOf = (system: System, name: string) => (instance: Instance, version: number) => {
  const projection = system.versions[version]?.projections.find((each) => each.name === name);
  if (!projection) throw new RangeError(`Version ${version} has no projection ${name}`);
  return projector(projection, {
    store: system.events.portOf(instance),
    table: system.readModels.portOf(instance, name),
    ownQueue: ownQueueOf(instance, system.queueOf(name), HINTS_PER_MESSAGE),
    invalidations: sqsInvalidationQueue(sqsClientOf(instance, system.invalidations), ''),
    now: instance.now,
  });
};

const notifierOf = (system: System, name: string, declaration: Notifications) => (instance: Instance) => {
  const queue = system.queueOf(name);
  const ports = executionPortsOf(system, instance);
  return notifier(traced(declaration), {
    ...ports,
    mailer: system.mails.portOf(instance),
    pace: steadyPace(MAILS_PER_SECOND, { wait: ports.wait, now: instance.now }),
    ownQueue: ownQueueOf(instance, queue, HINTS_PER_MESSAGE),
    later: sqsLaterHints(sqsClientOf(instance, queue), ''),
    publish: () => undefined,
    signalAfter: instance.signalAfter,
    now: instance.now,
  });
};

/** The mail service is told what each mail is about, so that those sent twice can be counted. */
const traced = (declaration: Notifications): Notifications => ({
  ...declaration,
  in(history) {
    const { to, notifications } = declaration.in(history);
    return {
      to,
      notifications: notifications.map((each) => ({
        ...each,
        mail: (address) => Object.assign(each.mail(address), { eventId: each.eventId }),
      })),
    };
  },
});

export function httpFunctionsOf<Outside>(system: System, application: SimulatedApplication<Outside>, outside: Outside) {
  return new Map(
    Object.entries(application.http).map(([name, start]) => [
      name,
      new SimulatedFunction<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
        system.world,
        name,
        HTTP,
        (instance, number) => {
          const version = application.versions[number] ?? application.versions[0];
          const ports = executionPortsOf(system, instance);
          const wiring = {
            ...{ ports, instance, version },
            tableOf: <Part>(projection: string) => system.readModels.portOf<Part>(instance, projection),
          };
          return start(wiring, outside);
        },
      ),
    ]),
  );
}
