// One run of one process, for what its messages call for.
//
// A process is watched from its start: a timer that comes back every 15 minutes carries on what nobody else does, hears what
// got lost, and at the deadline tells the process that its time is over.
import { type DomainEvent, streamOf } from '../kernel/envelope.ts';
import { loadStream } from '../kernel/execution/stream-state.ts';
import { type Heard, isAtRest, type ProcessPorts, runProcess } from '../kernel/process-manager.ts';
import type { Timer } from '../kernel/timers.ts';
import { commandSender } from './command-sender.ts';
import type { ProcessDefinition } from './definition.ts';
import { commitsOf, type HeardAtOnce, hear, historyOf } from './hearing.ts';
import { type Content, isHint, isTimer } from './messages.ts';
import type { ProcessWorkerPorts } from './ports.ts';

/** Of any function (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const LONGEST_RUN_IN_MILLIS = 900_000;

export type Run = (processId: string, contents: readonly Content[]) => Promise<void>;

export function processRun<Input, Event extends DomainEvent, State, Action>(
  definition: ProcessDefinition<Input, Event, State, Action>,
  ports: ProcessWorkerPorts,
): Run {
  const { manager, hears, unrecorded, onTimer } = definition;
  const { decider } = manager;
  const { send } = commandSender(ports, ports.newId);
  const lifetimeInMillis = definition.lifetimeInSeconds * 1_000;
  const instant = (millis: number) => new Date(ports.now().getTime() + millis).toISOString();
  const ownStream = (processId: string): string => streamOf(decider.category, processId);

  const prepared = async ({ input, ...rest }: Heard<Input>): Promise<Heard<Input>> =>
    definition.prepare ? { ...rest, input: await definition.prepare(input) } : { ...rest, input };

  const record = async (processId: string, { heard, correlationId }: HeardAtOnce<Input>) => {
    const schedule = (dueAt: string, more: Pick<Timer, 'watch'> = {}) =>
      ports.timers.schedule({ processId, dueAt, correlationId, ...more });
    const processPorts: ProcessPorts<Input, State, Action> = {
      ...ports,
      watch: () => schedule(instant(lifetimeInMillis), { watch: true }),
      wake: (dueAt) => schedule(new Date(dueAt).toISOString()),
      perform: (action, state, cause) => definition.perform(action, state, { processId, cause, send }),
    };
    const inputs = await Promise.all(heard.map(prepared));
    return runProcess(processPorts, manager, ownStream(processId), inputs, correlationId);
  };

  const found = async (processId: string): Promise<readonly Heard<Input>[]> => {
    if (!unrecorded) return [];
    return unrecorded.find((await loadStream(ports.store, decider, ownStream(processId))).state);
  };

  /** Hears everything there is, so that it makes up for whatever was lost, and looks at the clock. */
  const ring = async (processId: string, correlationId: string, timers: readonly Timer[]): Promise<void> => {
    const heard = hear(hears, await historyOf(ports.store, hears, processId))?.heard ?? [];
    const left = await found(processId);
    const now = instant(0);
    const rang = { input: onTimer({ now, startedBefore: instant(-lifetimeInMillis) }) };
    const { state } = await record(processId, { heard: [...heard, ...left, rang], correlationId });
    const watches = new Map(timers.filter(({ watch }) => watch).map((timer) => [timer.dueAt, timer]));
    for (const watch of watches.values()) await watchOn(processId, state, watch, now);
  };

  const watchOn = async (processId: string, state: State, watch: Timer, now: string): Promise<void> => {
    if (!isAtRest(manager, state)) {
      if (now < watch.dueAt) await ports.timers.schedule(watch);
    } else if (await mayBeUnrecorded(processId, state)) {
      await ports.timers.schedule({ ...watch, dueAt: instant(LONGEST_RUN_IN_MILLIS) });
    }
  };

  /** A run that began before the process came to rest may still be about to do something, and die. */
  const mayBeUnrecorded = async (processId: string, state: State): Promise<boolean> => {
    if (!unrecorded?.isPossible(state)) return false;
    const { time = '' } = await loadStream(ports.store, decider, ownStream(processId));
    return time > instant(-LONGEST_RUN_IN_MILLIS);
  };

  return async (processId, contents) => {
    const now = instant(0);
    const isHop = ({ dueAt, watch }: Timer) => now < dueAt && !watch;
    const timers = contents.filter(isTimer);
    for (const timer of timers.filter(isHop)) await ports.timers.schedule(timer);
    const [ringing] = timers.filter((timer) => !isHop(timer));
    if (ringing) return ring(processId, ringing.correlationId, timers);
    const about = hear(hears, await commitsOf(ports.store, contents.filter(isHint)));
    if (!about) return;
    const { state, version } = await record(processId, about);
    const dueAt = manager.wakeAt?.(state);
    // What is heard after that instant makes up for a timer that got lost.
    if (dueAt !== undefined && Date.parse(dueAt) <= Date.parse(now))
      return ring(processId, about.correlationId, timers);
    if (version > 0) return;
    const whole = hear(hears, await historyOf(ports.store, hears, processId));
    if (whole) await record(processId, whole);
  };
}
