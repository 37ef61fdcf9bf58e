import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { hideMessages } from '../../../lambdas/spine/aws/sqs/held-messages.ts';
import type { Resource } from '../../../local/ports.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { queueUrl } from '../../../local/services/sqs/queue-url.ts';
import { startSqs } from '../../../local/services/sqs/start.ts';
import { arn } from '../../../local/template/account.ts';
import { queue } from './resources.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function start(folder: string, resources: readonly Resource[]) {
  const sqs = await startSqs(folder);
  const client = new SQSClient(clientSettings(sqs.endpoint));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    client.destroy();
    stopped ??= sqs.stop();
    return stopped;
  };
  onTestFinished(stop);
  await sqs.createQueues(resources);
  const url = (name: string): string => queueUrl(sqs.endpoint, name);
  return {
    client,
    url,
    stop,
    send: (name: string, body: string, delayInSeconds = 0) =>
      client.send(new SendMessageCommand({ QueueUrl: url(name), MessageBody: body, DelaySeconds: delayInSeconds })),
    receive: async (name: string) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl: url(name), MaxNumberOfMessages: 10 }))).Messages ?? [],
    hide: (name: string, ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url(name), ReceiptHandle, VisibilityTimeout })),
    attributes: async (name: string) =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl: url(name), AttributeNames: ['All'] }))).Attributes ??
      {},
  };
}

const redrive = { deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: 2 };

test('moves a message to the dead-letter queue after its receives', async () => {
  const queues = [queue('work', { VisibilityTimeout: 0, RedrivePolicy: redrive }), queue('dead')];
  const { send, receive } = await start(temporaryFolder(), queues);
  await send('work', 'poison');

  const received = [await receive('work'), await receive('work'), await receive('work')];

  expect(received.map(({ length }) => length)).toEqual([1, 1, 0]);
  expect((await receive('dead')).map(({ Body }) => Body)).toEqual(['poison']);
});

test('lets a consumer hide messages for as long as it says', async () => {
  const { client, url, send, receive } = await start(temporaryFolder(), [queue('work', { VisibilityTimeout: 600 })]);
  await send('work', 'later');
  await send('work', 'sooner');
  const messages = await receive('work');
  const handleOf = (body: string) => messages.find(({ Body }) => Body === body)?.ReceiptHandle ?? '';
  await hideMessages(client, url('work'), [
    { receiptHandle: handleOf('later'), seconds: 300 },
    { receiptHandle: handleOf('sooner'), seconds: 0 },
  ]);

  expect((await receive('work')).map(({ Body }) => Body)).toEqual(['sooner']);
});

test('keeps messages over a restart: delayed ones delayed, those in flight visible again', async () => {
  const folder = temporaryFolder();
  const queues = [queue('work', { VisibilityTimeout: 600 })];
  const first = await start(folder, queues);
  await first.send('work', 'in flight');
  await first.receive('work');
  await first.send('work', 'delayed', 600);
  await first.stop();

  const second = await start(folder, queues);

  expect(await second.attributes('work')).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '1',
  });
  expect((await second.receive('work')).map(({ Body }) => Body)).toEqual(['in flight']);
});

test('counts a message with a delay of its own as delayed until it is due, and then as visible', async () => {
  const { send, attributes, receive } = await start(temporaryFolder(), [queue('work')]);
  const counts = async () => {
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed } = await attributes('work');
    return { visible: ApproximateNumberOfMessages, delayed: ApproximateNumberOfMessagesDelayed };
  };
  const sentAt = Date.now();
  await send('work', 'timer', 1);
  expect(await receive('work')).toEqual([]);
  expect(await counts()).toEqual({ visible: '0', delayed: '1' });

  await expect.poll(counts, { timeout: 10_000 }).toEqual({ visible: '1', delayed: '0' });

  expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1_000);
  expect((await receive('work')).map(({ Body }) => Body)).toEqual(['timer']);
});

test('counts the receives of a message over a restart', async () => {
  const folder = temporaryFolder();
  const queues = [queue('work', { VisibilityTimeout: 600, RedrivePolicy: redrive }), queue('dead')];
  for (let run = 1; run <= 2; run += 1) {
    const { send, receive, stop } = await start(folder, queues);
    if (run === 1) await send('work', 'poison');
    expect(await receive('work')).toHaveLength(1);
    await stop();
  }

  const { receive } = await start(folder, queues);

  expect(await receive('work')).toHaveLength(0);
  expect(await receive('dead')).toHaveLength(1);
});

test('keeps a message that was made visible at once', async () => {
  const { send, receive, hide } = await start(temporaryFolder(), [queue('work')]);
  await send('work', 'again');
  const [message] = await receive('work');

  await hide('work', message?.ReceiptHandle, 0);

  expect((await receive('work')).map(({ Body }) => Body)).toEqual(['again']);
});

test('gives a kept queue the settings that the template has now, and takes away those it has no more', async () => {
  const folder = temporaryFolder();
  const first = await start(folder, [queue('work', { VisibilityTimeout: 10, RedrivePolicy: redrive }), queue('dead')]);
  await first.stop();

  const { attributes } = await start(folder, [queue('work', { DelaySeconds: 5, MessageRetentionPeriod: 1_209_600 })]);

  const { VisibilityTimeout, DelaySeconds, MessageRetentionPeriod, RedrivePolicy } = await attributes('work');
  expect([VisibilityTimeout, DelaySeconds, MessageRetentionPeriod, RedrivePolicy]).toEqual([
    '30',
    '5',
    '1209600',
    undefined,
  ]);
});

test('refuses a first-in-first-out queue', async () => {
  await expect(start(temporaryFolder(), [queue('work.fifo', { FifoQueue: true })])).rejects.toThrow(
    /test\/work\.fifo: .*first-in-first-out queues are not known here/s,
  );
});
