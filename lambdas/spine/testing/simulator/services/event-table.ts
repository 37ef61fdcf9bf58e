// The event table with its change stream: each commit that is written goes there, and nothing else does.
import type { DynamoDBRecord } from 'aws-lambda';
import { commitToItem } from '../../../aws/dynamodb/commit-item.ts';
import { laneOf } from '../../../aws/kinesis/lane.ts';
import { eventTableKey } from '../../../bindings/tables.ts';
import type { Commit } from '../../../kernel/envelope.ts';
import type { EventStore } from '../../../kernel/event-store.ts';
import { type InMemoryEventStore, inMemoryEventStore } from '../../memory/event-store.ts';
import type { Instance } from '../functions/instance.ts';
import { SimulatedStream } from './stream.ts';

const SHARDS = 2;
const service = 'the event table';

export interface EventTable {
  readonly store: InMemoryEventStore;
  readonly changes: SimulatedStream<Commit>;
  /** In the order in which they were written. */
  readonly commits: readonly Commit[];
  portOf(instance: Instance): EventStore;
}

export function eventTable(): EventTable {
  const store = inMemoryEventStore();
  const changes = new SimulatedStream<Commit>('change stream', SHARDS);
  const commits: Commit[] = [];
  const append: EventStore['append'] = async (commit) => {
    const result = await store.append(commit);
    if (result.kind === 'appended') {
      commits.push(commit);
      changes.put(laneOf(commit.stream, SHARDS), commit);
    }
    return result;
  };
  return {
    ...{ store, changes, commits },
    portOf: ({ call }) => ({
      append: (commit) =>
        call(`append ${typesIn(commit)} as ${commit.stream}@${commit.version}`, { service }, () => append(commit)),
      async *readBackward(stream, after) {
        const pages = store.readBackward(stream, after)[Symbol.asyncIterator]();
        for (;;) {
          const page = await call(`read ${stream} backwards`, { service, isRepeated: false }, () => pages.next());
          if (page.done) return;
          yield page.value;
        }
      },
      async *readForward(stream, after) {
        yield* await call(`read ${stream}${after > 0 ? ` after ${after}` : ''}`, { service }, () =>
          Array.fromAsync(store.readForward(stream, after)),
        );
      },
      commitWith: (event) => call(`read ${event.stream}@${event.version}`, { service }, () => store.commitWith(event)),
      commitsHolding: (events) =>
        call(`read ${events.length} commits`, { service }, () => store.commitsHolding(events)),
    }),
  };
}

const typesIn = ({ events }: Commit): string => events.map(({ type }) => type).join(', ');

/** A record of the change stream, as a function gets it. */
export const changeRecord = (commit: Commit, sequenceNumber: string): DynamoDBRecord => {
  const { riders: _, ...plain } = commit;
  const image = commitToItem(plain) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;
  const keys = { [eventTableKey.partition]: { S: commit.stream }, [eventTableKey.sort]: { N: String(commit.version) } };
  return { eventName: 'INSERT', dynamodb: { Keys: keys, NewImage: image, SequenceNumber: sequenceNumber } };
};
