import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { deliver } from '../../../lambdas/spine/aws/wire/delivery.ts';

it('leaves a service that hangs when its time is over, with what was not taken', async () => {
  const send = vi.fn(async (_: readonly string[], signal: AbortSignal): Promise<never> => {
    if (!signal.aborted) await once(signal, 'abort');
    throw signal.reason;
  });
  const left = await deliver(['a', 'b'], { send, takeApart: () => [] }, AbortSignal.timeout(100));
  expect(left).toMatchObject([
    { entry: 'a', refusal: 'passing' },
    { entry: 'b', refusal: 'passing' },
  ]);
  expect(send).toHaveBeenCalledOnce();
});

it('takes apart only what is refused for its content, as often as it can be', async () => {
  const taken: string[] = [];
  const left = await deliver(['abcd', 'xyz'], {
    async send(entries) {
      const isRefused = (entry: string) => entry.includes('c');
      taken.push(...entries.filter((entry) => !isRefused(entry)));
      return entries.filter(isRefused).map((entry) => ({ entry, refusal: 'content' as const, code: 'Bad' }));
    },
    takeApart: (entry) => (entry.length > 1 ? [entry.slice(0, entry.length / 2), entry.slice(entry.length / 2)] : []),
  });
  expect(taken).toEqual(['xyz', 'ab', 'd']);
  expect(left).toEqual([{ entry: 'c', refusal: 'content', code: 'Bad' }]);
});
