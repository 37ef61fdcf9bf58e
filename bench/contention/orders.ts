// What both ways of keeping stock are put to.

/** More than is ever reserved here. */
export const ON_HAND = 1_000_000;

/** As often as the orders' queue brings a message that was interrupted; here at once. */
const MAX_RECEIVES = 5;

export const provenanceOf = (id: string) => ({
  time: new Date().toISOString(),
  correlationId: id,
  causationId: `order-${id}@1`,
});

/** @returns false when it was interrupted each time */
export async function again(task: () => Promise<boolean>): Promise<boolean> {
  for (let receive = 1; receive <= MAX_RECEIVES; receive += 1) {
    try {
      return await task();
    } catch (error) {
      if (!isInterruption(error)) throw error;
    }
  }
  return false;
}

const isInterruption = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'process_interrupted';
