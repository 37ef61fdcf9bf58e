// A process: whether its own stream has heard the events of those it hears, and whether somebody still carries it on.
//
// Hearing an event twice changes nothing, so an event that would change the process's state has not been heard. Whether a timer
// waits in the queue nobody can see: a process with something to do has a run or a timer that does it soon, and one that waits for
// an instant is woken then. One that stays as it is past that is told to look again, which its own watch does no differently.
import pMap from 'p-map';
import { defectOf } from '../../kernel/audit/defect.ts';
import type { Finding, Progress, StreamCommits } from '../../kernel/audit/progress.ts';
import { type Commit, categoryOf, type DomainEvent, idOf, streamOf } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { loadStream, type StreamState } from '../../kernel/execution/stream-state.ts';
import type { ProcessDefinition } from '../../process/definition.ts';
import { hear } from '../../process/hearing.ts';

export type AuditedProcess<Input, Event extends DomainEvent, State> = Pick<
  ProcessDefinition<Input, Event, State, unknown>,
  'manager' | 'hears'
>;

export interface ProcessPorts {
  readonly store: Pick<EventStore, 'readBackward'>;
  readonly tell: Progress['tell'];
  now(): Date;
}

const PARALLEL_READS = 20;

/** A timer rings on the second, and its message has to be worked on. */
const LATE_IN_MILLIS = 10_000;

export function processProgress<Input, Event extends DomainEvent, State>(
  subscriber: string,
  { manager, hears }: AuditedProcess<Input, Event, State>,
  { store, tell, now }: ProcessPorts,
): Progress {
  const { decider, nextAction, wakeAt } = manager;
  return {
    subscriber,
    categories: [...Object.keys(hears), decider.category],
    tell,
    async look(streams) {
      const byProcess = Map.groupBy(streams, ({ stream }) => idOf(stream));
      const found = await pMap(byProcess, ([id, ofProcess]) => lookAt(id, ofProcess), { concurrency: PARALLEL_READS });
      return found.flatMap((finding) => finding ?? []);
    },
  };

  async function lookAt(id: string, streams: readonly StreamCommits[]): Promise<Finding | undefined> {
    const stream = streamOf(decider.category, id);
    const commits = streams.flatMap((each) => each.commits);
    const isOwn = (commit: Commit) => categoryOf(commit.stream) === decider.category;
    let own: StreamState<State>;
    try {
      own = await loadStream(store, decider, stream);
    } catch (error) {
      return { kind: 'unreadable', ...defectOf(commits.find(isOwn) ?? { stream, version: 1 }, error) };
    }
    for (const commit of commits.filter((each) => !isOwn(each)).toReversed()) {
      try {
        if (isUnheard(commit, own.state)) return { kind: 'behind', commit };
      } catch (error) {
        return { kind: 'unreadable', ...defectOf(commit, error) };
      }
    }
    const newest = commits.findLast(isOwn);
    return newest && carriedOn(newest, own);
  }

  function isUnheard(commit: Commit, state: State): boolean {
    const heard = hear(hears, [commit])?.heard ?? [];
    return heard.some(({ input }) => {
      const decision = decider.decide(input, state);
      return decision.kind === 'accepted' && decision.events.length > 0;
    });
  }

  function carriedOn(commit: Commit, { state, version: mark }: StreamState<State>): Finding | undefined {
    if (nextAction(state) !== undefined) return { kind: 'pending', commit, mark };
    const until = wakeAt?.(state);
    if (until === undefined) return undefined;
    const isLate = Date.parse(until) + LATE_IN_MILLIS <= now().getTime();
    return isLate ? { kind: 'behind', commit } : { kind: 'asleep', commit, until };
  }
}
