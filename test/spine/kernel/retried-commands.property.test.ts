// Writers that die around their writes, and try again.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';
import { purse } from './purse.ts';

const stream = 'purse-1';

/** A store that dies around its writes as it is told: before the write, or after it and before the answer. */
function dyingStore(inner: EventStore, faults: Iterator<'none' | 'before' | 'after'>): EventStore {
  return {
    ...inner,
    async append(commit: Commit) {
      const fault = faults.next().value ?? 'none';
      if (fault === 'before') throw new Error('died before the write');
      const result = await inner.append(commit);
      if (fault === 'after') throw new Error('died before the answer');
      return result;
    },
  };
}

it('leaves the stream as if each command ran once, however often each is retried', async () => {
  const fault = fc.constantFrom('none', 'before', 'after');
  const commands = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(commands, fc.array(fault, { maxLength: 30 }), fc.nat(3), async (quantities, faults, extra) => {
      const inner = inMemoryEventStore();
      const store = dyingStore(inner, faults.values());
      const retried = async (quantity: number, index: number): Promise<void> => {
        const attempt = () =>
          run(store, purse, stream, { type: 'Move', amount: quantity } as const, { key: `key-${index}` });
        await attempt().catch(() => retried(quantity, index));
        for (let count = 0; count < extra; count += 1) await attempt().catch(() => undefined);
      };
      await Promise.all(quantities.map(retried));
      expect((await loadStream(inner, purse, stream)).state.sum).toBe(
        quantities.reduce((sum, quantity) => sum + quantity, 0),
      );
      expect(inner.commits(stream)).toHaveLength(quantities.length);
    }),
  );
});
