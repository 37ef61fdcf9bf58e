// A function host whose one function is a plain function of the batch.
import type { FunctionHost, InvocationResult } from '../../../local/ports.ts';

type Records = readonly Readonly<Record<string, unknown>>[];

export interface FakeFunctions extends FunctionHost {
  /** The batches it was invoked with, in the order of their beginning. */
  readonly batches: Records[];
  /** Invocations at the same time, at most. */
  readonly mostAtOnce: number;
}

/** @param handler its return value is the function's result; it throws what the function throws */
export function fakeFunctions(handler: (records: Records) => unknown = () => null): FakeFunctions {
  const batches: Records[] = [];
  let running = 0;
  let mostAtOnce = 0;
  return {
    batches,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async invoke(_functionName, event): Promise<InvocationResult> {
      const { Records } = event as { Records: Records };
      batches.push(Records);
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      try {
        return { kind: 'success', payload: await handler(Records) };
      } catch (error) {
        const { name, message } = error as Error;
        return { kind: 'error', errorType: name, errorMessage: message };
      } finally {
        running -= 1;
      }
    },
    stats: () => [],
    stop: async () => {},
  };
}

export const failuresOf = (...itemIdentifiers: unknown[]) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
});
