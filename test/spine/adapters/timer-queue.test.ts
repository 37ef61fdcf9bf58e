import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { MalformedTimerError, sqsTimerQueue, timerIn } from '../../../lambdas/spine/aws/sqs/timer-queue.ts';
import type { Timer } from '../../../lambdas/spine/kernel/timers.ts';

const NOW = '2026-01-01T00:00:00.000Z';
const timer: Timer = { processId: 'O', dueAt: NOW, correlationId: 'c' };
const retry = { attempt: 3, since: NOW };

async function scheduled(dueAt: string, what = timer) {
  const sent: SendMessageCommand['input'][] = [];
  const client = { send: async ({ input }: SendMessageCommand) => void sent.push(input) } as unknown as SQSClient;
  await sqsTimerQueue(client, 'url', () => new Date(NOW)).schedule({ ...what, dueAt });
  return sent[0];
}

it.each([
  ['2026-01-01T00:00:01.200Z', 2],
  ['2026-01-01T00:15:00.000Z', 900],
  ['2026-01-02T00:00:00.000Z', 900],
  ['2025-12-31T00:00:00.000Z', 0],
])('delays a timer that is due at %s by %i seconds', async (dueAt, delay) => {
  expect(await scheduled(dueAt)).toMatchObject({ QueueUrl: 'url', DelaySeconds: delay });
});

it.each([timer, { ...timer, watch: true as const }, { ...timer, retry }])(
  'reads the timer %j that it wrote',
  async (written) => {
    expect(timerIn((await scheduled(NOW, written))?.MessageBody ?? '')).toEqual(written);
  },
);

it('reads a timer of before, and writes what code of before reads: there a process has an orderId', async () => {
  const before = { orderId: 'O', dueAt: NOW, correlationId: 'c', retry };
  expect(timerIn(JSON.stringify({ timer: before }))).toEqual({ ...timer, retry });
  const written = await scheduled(NOW, { ...timer, retry });
  expect(JSON.parse(written?.MessageBody ?? '')).toEqual({ timer: { ...before, processId: 'O' } });
});

it('takes a bundle for no timer', () => {
  expect(timerIn('{"v":1,"h":[]}')).toBeUndefined();
});

it.each([
  { ...timer, processId: undefined },
  { ...timer, dueAt: 'soon' },
  { ...timer, retry: { attempt: 1 } },
  { ...timer, retry: { since: NOW } },
])('refuses %j', (malformed) => {
  expect(() => timerIn(JSON.stringify({ timer: malformed }))).toThrow(MalformedTimerError);
});
