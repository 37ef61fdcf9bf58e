// A hint of each stream's newest commit, without events. Whoever hears it brings itself up to there from the event table: one with the
// newest events alone would let a process miss those before.
import pMap from 'p-map';
import { type EncodedHint, encodeHint } from '../../aws/wire/bundle-codec.ts';
import type { Commit } from '../../kernel/envelope.ts';
import { bareHint, hintOf } from '../../kernel/pipeline/bundle.ts';
import { logger } from '../../runtime/logger.ts';

/** How many streams are looked up at once. */
const PARALLEL_READS = 20;

export interface NewestHints {
  /** By stream; a stream without commits has none. */
  readonly hints: ReadonlyMap<string, EncodedHint>;
  readonly unread: ReadonlySet<string>;
}

export async function newestHints(
  streams: ReadonlySet<string>,
  newestCommit: (stream: string) => Promise<Commit | undefined>,
): Promise<NewestHints> {
  const hints = new Map<string, EncodedHint>();
  const unread = new Set<string>();
  const look = async (stream: string): Promise<void> => {
    try {
      const commit = await newestCommit(stream);
      if (commit) hints.set(stream, encodeHint(bareHint(hintOf(commit))));
      else logger.warn('A stream that is to be redriven has no commit', { stream });
    } catch (error) {
      logger.error('A stream that is to be redriven could not be read', { error, stream });
      unread.add(stream);
    }
  };
  await pMap(streams, look, { concurrency: PARALLEL_READS });
  return { hints, unread };
}
