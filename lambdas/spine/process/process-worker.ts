// Runs a process for every thing that a batch of its queue has something about.
import { type DomainEvent, streamOf } from '../kernel/envelope.ts';
import { type BatchWorker, batchWorker } from '../runtime/batch-worker.ts';
import { isDefect } from './defects.ts';
import type { ProcessDefinition } from './definition.ts';
import { type Content, contentsOf, isHint, isTimer, processIdOf } from './messages.ts';
import type { ProcessWorkerPorts } from './ports.ts';
import { processRun } from './process-run.ts';
import { waitOut } from './wait-out.ts';

/** How many processes are carried on at once. */
const PARALLEL_PROCESSES = 20;

/** The worker of a process's queue: see README.md for what it sees to. */
export function processWorker<Input, Event extends DomainEvent, State, Action>(
  definition: ProcessDefinition<Input, Event, State, Action>,
  ports: ProcessWorkerPorts,
): BatchWorker {
  const { category } = definition.manager.decider;
  const lifetimeInMillis = definition.lifetimeInSeconds * 1_000;
  const carryOn = processRun(definition, ports);
  return batchWorker<Content>({
    parse: contentsOf,
    keyOf: processIdOf,
    concurrency: PARALLEL_PROCESSES,
    async work(processId, contents) {
      try {
        await carryOn(processId, contents);
        return undefined;
      } catch (error) {
        if (isDefect(error, definition.defects)) throw error;
        await waitOut(ports, { category, processId, lifetimeInMillis }, contents, error);
        return 'waits';
      }
    },
    async handOn(contents) {
      await ports.ownQueue.handOn(contents.filter(isHint));
      await Promise.all(contents.filter(isTimer).map((timer) => ports.timers.schedule(timer)));
    },
    lag: ports.lag,
    lastFailures: ports.lastFailures,
    streamOf: (content) => (isTimer(content) ? streamOf(category, content.processId) : content.stream),
  });
}
