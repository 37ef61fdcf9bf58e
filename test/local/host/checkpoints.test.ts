import { describe, expect, it } from 'vitest';
import { startCheckpoints } from '../../../local/lifecycle/checkpoints.ts';

/** A journal that tells whether it was allowed to forget, call by call. */
function journal() {
  const allowed: boolean[] = [];
  return { allowed, checkpoint: async (isIdle: () => Promise<boolean>) => void allowed.push(await isIdle()) };
}

describe('the last checkpoint', () => {
  it('waits until all has reached the queues', async () => {
    const { allowed, checkpoint } = journal();
    let looks = 0;
    const checkpoints = startCheckpoints({ checkpoint }, () => {
      looks += 1;
      return looks > 3;
    });
    await checkpoints.stop(10_000);
    expect(allowed).toEqual([true]);
  });

  it('lets nothing be forgotten when the patience is over first', async () => {
    const { allowed, checkpoint } = journal();
    await startCheckpoints({ checkpoint }, () => false).stop(50);
    expect(allowed).toEqual([false]);
  });
});
