import { setImmediate } from 'node:timers/promises';
import type { EventStore } from '../../lambdas/spine/kernel/event-store.ts';

/** A store that knows how many of its streams were read at the same time, at most. */
export function countParallelReads<Store extends EventStore>(store: Store): { store: Store; most: () => number } {
  let reading = 0;
  let most = 0;
  const counted: Store = {
    ...store,
    async *readForward(stream: string, after: number) {
      reading += 1;
      most = Math.max(most, reading);
      await setImmediate();
      yield* store.readForward(stream, after);
      reading -= 1;
    },
  };
  return { store: counted, most: () => most };
}
