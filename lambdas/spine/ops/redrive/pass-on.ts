// Passes streams on to where a hop could not.
import type { EncodedHint } from '../../aws/wire/bundle-codec.ts';
import type { UndeliveredHints } from '../../aws/wire/undelivered-hints.ts';
import type { Commit } from '../../kernel/envelope.ts';
import type { StreamsToRedrive } from '../../kernel/pipeline/redrive.ts';
import { logger } from '../../runtime/logger.ts';
import { newestHints } from './newest-hints.ts';

export interface PassOnPorts {
  /** The event stream, which has no name, and the queue of each subscriber. */
  readonly destinations: ReadonlyMap<string | undefined, Destination>;
  newestCommit(stream: string): Promise<Commit | undefined>;
}

export type Destination = (hints: readonly EncodedHint[]) => Promise<UndeliveredHints>;

/** @returns of each of those asked which streams could not be passed on */
export async function passOn(
  { destinations, newestCommit }: PassOnPorts,
  asked: readonly StreamsToRedrive[],
): Promise<(one: StreamsToRedrive) => readonly string[]> {
  const { hints, unread } = await newestHints(new Set(asked.flatMap(({ streams }) => streams)), newestCommit);
  const refused = new Map<string | undefined, ReadonlySet<string>>();
  const send = async ([subscriber, ofSubscriber]: [string | undefined, StreamsToRedrive[]]): Promise<void> => {
    const wanted = new Set(ofSubscriber.flatMap(({ streams }) => streams));
    const result = await destinations.get(subscriber)?.([...wanted].flatMap((stream) => hints.get(stream) ?? []));
    const { streams, codes } = result ?? { streams: wanted, codes: ['unknown_subscriber'] };
    if (streams.size > 0) logger.error('Streams could not be redriven', { subscriber, codes, streams: streams.size });
    refused.set(subscriber, streams);
  };
  await Promise.all([...Map.groupBy(asked, ({ subscriber }) => subscriber)].map(send));
  return ({ subscriber, streams }) =>
    streams.filter((stream) => unread.has(stream) || refused.get(subscriber)?.has(stream));
}
