// Runs the process of every order that a batch has something about.
//
// A process is watched from its start: a timer that comes back every 15 minutes carries on what nobody else does, hears what
// got lost, and at the deadline has it undone. What may pass is waited out, see wait-out.ts.

import { loadStream } from '../../../spine/kernel/execution/stream-state.ts';
import { type Heard, runProcess } from '../../../spine/kernel/process-manager.ts';
import type { Timer } from '../../../spine/kernel/timers.ts';
import { type BatchWorker, batchWorker } from '../../../spine/runtime/batch-worker.ts';
import type { FulfilmentInput } from '../decider.ts';
import { orderFulfilmentProcess } from '../process.ts';
import { type FulfilmentState, isAtRest, placesToInspect } from '../state.ts';
import { commandSender } from './commands.ts';
import { commitsOf, type HeardOfOrder, hear, historyOf } from './hear.ts';
import { type Content, contentsOf, isHint, isTimer, orderIdOf } from './messages.ts';
import { performer } from './perform.ts';
import type { FulfilmentPorts } from './ports.ts';
import { stockKeeper } from './stock.ts';
import { untoldReservations, withFirstStreams } from './stock-plan.ts';
import { isDefect, waitOut } from './wait-out.ts';

const streamOf = (orderId: string): string => `${orderFulfilmentProcess.decider.category}-${orderId}`;

/** Of any function (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const LONGEST_RUN_IN_MILLIS = 900_000;

/** How many orders are carried on at once. */
const PARALLEL_ORDERS = 20;

export function fulfilOrders(ports: FulfilmentPorts): BatchWorker {
  const sender = commandSender(ports, ports.newId);
  const stock = stockKeeper(ports, sender);
  const perform = performer(ports, sender, stock);
  const lifetimeInMillis = (ports.paymentTimeoutInSeconds + ports.outageInSeconds) * 1_000;
  const instant = (millis: number) => new Date(ports.now().getTime() + millis).toISOString();

  const run = async (orderId: string, { heard, correlationId }: HeardOfOrder): Promise<FulfilmentState> => {
    const stream = streamOf(orderId);
    const watch = () =>
      ports.timers.schedule({ processId: orderId, dueAt: instant(lifetimeInMillis), correlationId, watch: true });
    const plan = await Promise.all(heard.map(planned));
    return runProcess({ ...ports, perform, watch }, orderFulfilmentProcess, stream, plan, correlationId);
  };

  const planned = async ({ input, ...rest }: Heard<FulfilmentInput>): Promise<Heard<FulfilmentInput>> =>
    input.type === 'OrderPlaced' ? { ...rest, input: await withFirstStreams(stock, input) } : { ...rest, input };

  const carryOn = async (orderId: string, contents: readonly Content[]): Promise<void> => {
    const now = instant(0);
    const isHop = ({ dueAt, watch }: Timer) => now < dueAt && !watch;
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
  const ring = async (orderId: string, correlationId: string, timers: readonly Timer[]): Promise<void> => {
    const heard = hear(await historyOf(ports.store, orderId))?.heard ?? [];
    const before = await loadStream(ports.store, orderFulfilmentProcess.decider, streamOf(orderId));
    const untold = await untoldReservations(stock, before.state);
    const rang = { type: 'TimerRang', now: instant(0), startedBefore: instant(-lifetimeInMillis) } as const;
    const state = await run(orderId, { heard: [...heard, ...untold, { input: rang }], correlationId });
    const watches = timers.filter(({ watch }) => watch);
    if (!isAtRest(state)) {
      for (const timer of watches) if (rang.now < timer.dueAt) await ports.timers.schedule(timer);
    } else if (await mayBeUntold(orderId, state)) {
      for (const timer of watches) await ports.timers.schedule({ ...timer, dueAt: instant(LONGEST_RUN_IN_MILLIS) });
    }
  };

  /** A run that began before the process came to rest may still be about to reserve something, and die. */
  const mayBeUntold = async (orderId: string, state: FulfilmentState): Promise<boolean> => {
    if (placesToInspect(state).length === 0) return false;
    const { time = '' } = await loadStream(ports.store, orderFulfilmentProcess.decider, streamOf(orderId));
    return time > instant(-LONGEST_RUN_IN_MILLIS);
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
