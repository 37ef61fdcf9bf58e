// Runs the process of every order that a batch has something about.
//
// A process is watched from its start: a timer that comes back every 15 minutes carries on what nobody else does, hears what
// got lost, and at the deadline has it undone. What may pass is waited out, see wait-out.ts.
import type { QueuedTimer } from '../../adapters/sqs/timer-queue.ts';
import { orderFulfilmentProcess } from '../../domain/fulfilment/process.ts';
import { type FulfilmentState, isAtRest } from '../../domain/fulfilment/state.ts';
import { runProcess } from '../../kernel/process-manager.ts';
import { type BatchWorker, batchWorker } from '../../runtime/batch-worker.ts';
import { commandSender } from './commands.ts';
import { commitsOf, type HeardOfOrder, hear, historyOf } from './hear.ts';
import { type Content, contentsOf, isHint, isTimer, orderIdOf } from './messages.ts';
import { performer } from './perform.ts';
import type { FulfilmentPorts } from './ports.ts';
import { isDefect, waitOut } from './wait-out.ts';

/** How many orders are carried on at once. */
const PARALLEL_ORDERS = 20;

export function fulfilOrders(ports: FulfilmentPorts): BatchWorker {
  const perform = performer(ports, commandSender(ports, ports.newId, ports.now));
  const lifetimeInMillis = (ports.paymentTimeoutInSeconds + ports.outageInSeconds) * 1_000;
  const instant = (millis: number) => new Date(ports.now().getTime() + millis).toISOString();

  const run = (orderId: string, { heard, correlationId }: HeardOfOrder): Promise<FulfilmentState> => {
    const stream = `${orderFulfilmentProcess.decider.category}-${orderId}`;
    const watch = () =>
      ports.timers.schedule({ orderId, dueAt: instant(lifetimeInMillis), correlationId, watch: true });
    return runProcess({ ...ports, perform, watch }, orderFulfilmentProcess, stream, heard, correlationId);
  };

  const carryOn = async (orderId: string, contents: readonly Content[]): Promise<void> => {
    const now = instant(0);
    const isHop = ({ dueAt, watch }: QueuedTimer) => now < dueAt && !watch;
    const timers = contents.filter(isTimer);
    for (const timer of timers.filter(isHop)) await ports.timers.schedule(timer);
    const [ringing] = timers.filter((timer) => !isHop(timer));
    if (ringing) return ring(orderId, ringing.correlationId, timers);
    const about = hear(await commitsOf(ports.store, contents.filter(isHint)));
    if (!about) return;
    const state = await run(orderId, about);
    // What is heard after the deadline makes up for a timer that got lost.
    const isLate = state.stage === 'awaiting-payment' && state.deadline <= now;
    if (isLate) return ring(orderId, about.correlationId, timers);
    if (state.stage !== 'none') return;
    const whole = hear(await historyOf(ports.store, orderId));
    if (whole) await run(orderId, whole);
  };

  /** Hears everything there is, so that it makes up for whatever was lost, and looks at the clock. */
  const ring = async (orderId: string, correlationId: string, timers: readonly QueuedTimer[]): Promise<void> => {
    const heard = hear(await historyOf(ports.store, orderId))?.heard ?? [];
    const rang = { type: 'TimerRang', now: instant(0), startedBefore: instant(-lifetimeInMillis) } as const;
    const state = await run(orderId, { heard: [...heard, { input: rang }], correlationId });
    if (isAtRest(state)) return;
    for (const timer of timers) if (timer.watch && rang.now < timer.dueAt) await ports.timers.schedule(timer);
  };

  return batchWorker<Content>({
    parse: contentsOf,
    keyOf: orderIdOf,
    concurrency: PARALLEL_ORDERS,
    async work(orderId, contents) {
      try {
        await carryOn(orderId, contents);
      } catch (error) {
        if (isDefect(error)) throw error;
        await waitOut(ports, lifetimeInMillis, orderId, contents, error);
      }
    },
    async handOn(contents) {
      await ports.ownQueue.handOn(contents.filter(isHint));
      await Promise.all(contents.filter(isTimer).map((timer) => ports.timers.schedule(timer)));
    },
  });
}
