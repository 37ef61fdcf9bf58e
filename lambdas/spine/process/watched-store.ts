import type { EventStore } from '../kernel/event-store.ts';
import { logger } from '../runtime/logger.ts';

/** The store, with a log line for every lost race: how contended a stream is shows in their number. */
export const watchedStore = (store: EventStore): EventStore => ({
  ...store,
  async append(commit) {
    const result = await store.append(commit);
    if (result.kind === 'conflict') logger.info('Lost a race', { stream: commit.stream, version: commit.version });
    return result;
  },
});
