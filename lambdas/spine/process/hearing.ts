// What a process hears in the commits of other streams. It has the id of the streams that it hears.
import {
  type Commit,
  categoryOf,
  type DomainEvent,
  eventId,
  type RecordedEvent,
  streamOf,
} from '../kernel/envelope.ts';
import { NewerEventError } from '../kernel/errors.ts';
import type { EventCodec } from '../kernel/event-codec.ts';
import type { EventStore } from '../kernel/event-store.ts';
import type { Hint } from '../kernel/pipeline/bundle.ts';
import type { Heard } from '../kernel/process-manager.ts';

type HeardEvent<Input> = Heard<Input> & Pick<RecordedEvent, 'stream' | 'version' | 'correlationId'>;

/** What the events of a commit mean to a process. */
export type Hearing<Input> = (commit: Commit) => readonly HeardEvent<Input>[];

/** By category of the streams. Of what is heard at once the first category's comes first: it is that which starts a process. */
export type Hears<Input> = Readonly<Record<string, Hearing<Input>>>;

/** @param inputOf what an event means to the process; `undefined` for nothing. Pure. */
export const hearing =
  <Event extends DomainEvent, Input>(
    codec: EventCodec<Event>,
    inputOf: (event: RecordedEvent<Event>) => Input | undefined,
  ): Hearing<Input> =>
  (commit) =>
    codec.decode(commit).flatMap((event) => {
      const input = inputOf(event);
      const { stream, version, correlationId } = event;
      return input === undefined ? [] : [{ input, causationId: eventId(event), stream, version, correlationId }];
    });

export interface HeardAtOnce<Input> {
  readonly heard: readonly Heard<Input>[];
  /** Of the latest event heard. */
  readonly correlationId: string;
}

/** Hints as they came; a stream with a hint that came without its events is read whole. */
export async function commitsOf(store: EventStore, hints: readonly Hint[]): Promise<Commit[]> {
  const bare = new Set(hints.filter(({ events }) => events.length === 0).map(({ stream }) => stream));
  const read = await Promise.all([...bare].map((stream) => Array.fromAsync(store.readForward(stream, 0))));
  return [...hints.filter(({ stream }) => !bare.has(stream)), ...read.flat()];
}

/** All commits that the process may hear of. */
export async function historyOf(store: EventStore, hears: Hears<unknown>, processId: string): Promise<Commit[]> {
  const streams = Object.keys(hears).map((category) => streamOf(category, processId));
  const read = await Promise.all(streams.map((stream) => Array.fromAsync(store.readForward(stream, 0))));
  return read.flat();
}

/**
 * @returns `undefined` when nothing in the commits concerns the process
 * @throws UnreadableEventError; NewerEventError too for a category that this code does not hear: newer code subscribed to it
 */
export function hear<Input>(hears: Hears<Input>, commits: readonly Commit[]): HeardAtOnce<Input> | undefined {
  const categories = Object.keys(hears);
  const rank = ({ stream }: HeardEvent<Input>): number => categories.indexOf(categoryOf(stream));
  const heard = commits
    .flatMap((commit) => hearingOf(hears, commit)(commit))
    .sort((left, right) => rank(left) - rank(right) || left.version - right.version);
  const last = heard.at(-1);
  return last && { heard, correlationId: last.correlationId };
}

function hearingOf<Input>(hears: Hears<Input>, { stream }: Commit): Hearing<Input> {
  const found = hears[categoryOf(stream)];
  if (found) return found;
  throw new NewerEventError(`A process that hears ${Object.keys(hears).join(', ')} was told of ${stream}`);
}
