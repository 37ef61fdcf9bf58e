// What surrounds a process that hears of loans: the loans' streams, its queue and its timers.
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { DomainEvent } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import type { Timer } from '../../../lambdas/spine/kernel/timers.ts';
import type { ProcessDefinition } from '../../../lambdas/spine/process/definition.ts';
import { processWorker } from '../../../lambdas/spine/process/process-worker.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { type LoanEvent, loanDecider } from './reminder.ts';

/** A process on streams in memory, whose clock and queue are the test's. */
export function world<Input, Event extends DomainEvent, State, Action>(
  definition: ProcessDefinition<Input, Event, State, Action>,
) {
  const inner = inMemoryEventStore();
  const timers: Timer[] = [];
  let now = '2026-01-01T00:00:00.000Z';
  let ids = 0;
  let isDown = false;
  let longWaits = 0;
  const store: EventStore = {
    ...inner,
    async append(commit) {
      if (isDown) throw new Error('The table is down');
      return inner.append(commit);
    },
  };
  const work = processWorker(definition, {
    store,
    timers: { schedule: async (timer) => void timers.push(timer) },
    ownQueue: { handOn: async () => undefined },
    countLongWait: () => {
      longWaits += 1;
    },
    wait: async () => undefined,
    random: () => 0,
    newId: () => `id-${ids++}`,
    now: () => new Date(now),
  });
  const deliver = async (...bodies: string[]) => {
    const Records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
    const { batchItemFailures } = await work({ Records: Records as never });
    return batchItemFailures.length;
  };
  return {
    timers,
    deliver,
    typesOf: (stream: string) => inner.commits(stream).flatMap(({ events }) => events.map(({ type }) => type)),
    causesOf: (stream: string) => inner.commits(stream).map(({ causationId }) => causationId),
    at: (instant: string) => {
      now = instant;
    },
    setDown: (value: boolean) => {
      isDown = value;
    },
    longWaits: () => longWaits,
    async happened(event: LoanEvent, version = 1): Promise<string> {
      const commit = {
        ...{ stream: 'loan-7', version, id: `loan-${version}`, time: now, correlationId: 'c', causationId: 'x' },
        events: [loanDecider.codec.encode(event)],
      };
      await inner.append(commit);
      return encodeBundle([encodeHint(hintOf(commit))]);
    },
    ring: (timer: Partial<Timer>) =>
      deliver(JSON.stringify({ timer: { processId: '7', correlationId: 'c', ...timer } })),
  };
}
