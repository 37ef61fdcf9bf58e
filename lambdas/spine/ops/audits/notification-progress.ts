// Notifications: whether the register knows those that are due, and whether they are settled.
import pMap from 'p-map';
import { defectOf } from '../../kernel/audit/defect.ts';
import type { Finding, Progress, StreamCommits } from '../../kernel/audit/progress.ts';
import { type Commit, eventId, idOf, lastVersion, streamOf } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { loadStream } from '../../kernel/execution/stream-state.ts';
import { notificationDecider } from '../../notifications/decider.ts';
import type { Notifications } from '../../notifications/notification.ts';
import { OLDEST_MAILED_IN_MILLIS } from '../../notifications/notify-recipient.ts';
import { entryOf, isSettled, wasTried } from '../../notifications/state.ts';

export interface NotificationProgressPorts {
  readonly store: Pick<EventStore, 'readBackward' | 'readForward'>;
  readonly tell: Progress['tell'];
  now(): Date;
}

const PARALLEL_READS = 20;

export function notificationProgress(
  subscriber: string,
  declaration: Notifications,
  { store, tell, now }: NotificationProgressPorts,
): Progress {
  return {
    subscriber,
    categories: [declaration.category],
    tell,
    async look(streams) {
      // What is older is told to nobody any more.
      const since = new Date(now().getTime() - OLDEST_MAILED_IN_MILLIS).toISOString();
      const isTold = ({ time, events }: Commit) =>
        time >= since && events.some(({ type }) => declaration.mayTell(type));
      const told = streams.map(({ stream, commits }) => ({ stream, commits: commits.filter(isTold) }));
      const worth = told.filter(({ commits }) => commits.length > 0);
      const found = await pMap(worth, lookAt, { concurrency: PARALLEL_READS });
      return found.flatMap((finding) => finding ?? []);
    },
  };

  async function lookAt({ stream, commits }: StreamCommits): Promise<Finding | undefined> {
    const newest = commits.at(-1) as Commit;
    try {
      const { to, due } = await dueIn(stream, commits);
      if (to === undefined || due.length === 0) return undefined;
      const { state, version: mark } = await loadStream(
        store,
        notificationDecider,
        streamOf(declaration.register, idOf(stream)),
      );
      if (due.some((id) => !wasTried(state, id))) return { kind: 'behind', commit: newest };
      const isPending = due.some((id) => !isSettled(entryOf(state, id)));
      return isPending ? { kind: 'pending', commit: newest, mark } : undefined;
    } catch (error) {
      return { kind: 'unreadable', ...defectOf(newest, error) };
    }
  }

  async function dueIn(stream: string, commits: readonly Commit[]) {
    const end = Math.max(...commits.map(lastVersion));
    const read = await Array.fromAsync(store.readForward(stream, 0));
    const history = read.filter(({ version }) => version <= end).flatMap((commit) => declaration.codec.decode(commit));
    const { to, notifications } = declaration.in(history);
    const asked = new Set(
      commits.flatMap((commit) => commit.events.map((_, at) => eventId({ stream, version: commit.version + at }))),
    );
    return { to, due: notifications.map((each) => each.eventId).filter((id) => asked.has(id)) };
  }
}
