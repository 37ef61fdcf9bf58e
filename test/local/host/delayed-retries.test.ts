import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { sqsLaterHints } from '../../../lambdas/spine/aws/sqs/later-hints.ts';
import { sqsTimerQueue } from '../../../lambdas/spine/aws/sqs/timer-queue.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startHttpFront } from '../../../local/services/http-front.ts';
import { startSqs } from '../../../local/services/sqs/start.ts';
import { DelayedRetries } from '../../../local/status/delayed-retries.ts';
import { queue } from '../services/resources.ts';
import { temporaryFolder } from '../services/temporary-folder.ts';

it('are counted until they are visible, and timers and what is sent at once are not', async () => {
  let millis = 0;
  const retries = new DelayedRetries(() => millis);
  const sqs = await startSqs(temporaryFolder());
  await sqs.createQueues([queue('work')]);
  const front = await startHttpFront(() => sqs.endpoint, { answered: ({ body }) => retries.note(body) });
  const client = new SQSClient(clientSettings(front.endpoint));
  onTestFinished(async () => {
    client.destroy();
    await front.stop();
    await sqs.stop();
  });
  const url = `${front.endpoint}/000000000000/work`;
  const now = new Date('2026-03-01T12:00:00.000Z');
  const timers = sqsTimerQueue(client, url, () => now);
  const timer = { processId: 'o', dueAt: '2026-03-01T12:00:09.000Z', correlationId: 'c' };
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'now' }));
  await timers.schedule(timer);
  expect(retries.pending()).toBe(0);

  const hint = {
    stream: 'order-o',
    version: 1,
    id: 'i',
    time: timer.dueAt,
    correlationId: 'c',
    causationId: 'x',
    events: [],
  };
  await sqsLaterHints(client, url).send(hint, 5);
  await timers.schedule({ ...timer, retry: { attempt: 1, since: timer.dueAt } });
  expect(retries.pending()).toBe(2);
  millis += 5_000;
  expect(retries.pending()).toBe(1);
  millis += 4_000;
  expect(retries.pending()).toBe(0);
});
