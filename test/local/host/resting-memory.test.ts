import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';

const module = new URL('../../../local/lifecycle/resting-memory.ts', import.meta.url).href;

/** A thread that has made 40 MB of garbage and looks at its heap from time to time. */
function threadAtRest(statement: string): Worker {
  const code = `import { giveBackAtRest } from '${module}';
    import { getHeapStatistics } from 'node:v8';
    import { parentPort } from 'node:worker_threads';
    const usedInMegabytes = () => getHeapStatistics().used_heap_size / 1e6;
    let kept = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
    parentPort.postMessage(usedInMegabytes());
    kept = undefined;
    ${statement}
    setInterval(() => parentPort.postMessage(usedInMegabytes()), 500);`;
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  onTestFinished(async () => void (await thread.terminate()));
  return thread;
}

const used = async (thread: Worker): Promise<number> => ((await once(thread, 'message')) as [number])[0];

test('a thread gives back what it does not need when it comes to rest', async () => {
  const thread = threadAtRest('giveBackAtRest(200);');
  const most = await used(thread);
  await expect.poll(() => used(thread), { timeout: 10_000 }).toBeLessThan(most - 30);
});

test('without that it keeps it', async () => {
  const thread = threadAtRest('');
  const most = await used(thread);
  for (let look = 0; look < 4; look += 1) expect(await used(thread)).toBeGreaterThan(most - 30);
});
