// The event store port in memory: the reference that the real ones are held against.
import { type Commit, lastVersion } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { frozenCopy } from './frozen.ts';

export interface InMemoryEventStore extends EventStore {
  commits(stream: string): readonly Commit[];
  /** Names of the streams that have begun, in no order. */
  streams(): readonly string[];
}

export function inMemoryEventStore(): InMemoryEventStore {
  const streams = new Map<string, Commit[]>();
  const commits = (stream: string): Commit[] => streams.get(stream) ?? [];
  return {
    commits,
    streams: () => [...streams.keys()],
    async append(commit) {
      const standing = commits(commit.stream);
      const winner = standing.find(({ version }) => version === commit.version);
      if (winner) return { kind: 'conflict', winner };
      streams.set(commit.stream, [...standing, frozenCopy(commit)]);
      return { kind: 'appended' };
    },
    async *readBackward(stream, after = 0) {
      const newestFirst = commits(stream)
        .filter((commit) => lastVersion(commit) > after)
        .reverse();
      yield newestFirst.slice(0, 2);
      if (newestFirst.length > 2) yield newestFirst.slice(2);
    },
    async *readForward(stream, after) {
      yield* commits(stream).filter((commit) => lastVersion(commit) > after);
    },
    async commitWith({ stream, version }) {
      const holding = (commit: Commit) => commit.version <= version && version <= lastVersion(commit);
      return commits(stream).find(holding);
    },
    async commitsHolding(events) {
      const holding = (commit: Commit) =>
        events.some(
          ({ stream, version }) =>
            stream === commit.stream && commit.version <= version && version <= lastVersion(commit),
        );
      return [...streams.values()].flat().filter(holding);
    },
  };
}
