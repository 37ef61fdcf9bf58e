import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import {
  invalidationIn,
  MalformedInvalidationError,
  sqsInvalidationQueue,
} from '../../../lambdas/spine/aws/sqs/invalidation-queue.ts';
import type { Invalidation } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';

const invalidation: Invalidation = {
  collection: 'order-detail',
  tags: ['order-1', 'order-2'],
  changedAt: '2026-01-01T00:00:00.000Z',
  pass: 1,
};

it('sends what comes back as it was, at once or later', async () => {
  const sent: SendMessageCommand['input'][] = [];
  const client = { send: async ({ input }: SendMessageCommand) => void sent.push(input) } as unknown as SQSClient;
  const queue = sqsInvalidationQueue(client, 'url');
  await queue.send(invalidation);
  await queue.send({ ...invalidation, pass: 2 }, 23);
  expect(sent.map(({ QueueUrl, DelaySeconds }) => [QueueUrl, DelaySeconds])).toEqual([
    ['url', 0],
    ['url', 23],
  ]);
  expect(sent.map(({ MessageBody = '' }) => invalidationIn(MessageBody))).toEqual([
    invalidation,
    { ...invalidation, pass: 2 },
  ]);
});

it.each([
  ['no JSON', '{"collection"'],
  ['no object', 'null'],
  ['no collection', { ...invalidation, collection: '' }],
  ['no tags', { ...invalidation, tags: 'order-1' }],
  ['a tag that is no text', { ...invalidation, tags: [1] }],
  ['a tag with a comma', { ...invalidation, tags: ['order-1,order-2'] }],
  ['a tag with a blank', { ...invalidation, tags: ['order 1'] }],
  ['a tag that is too long', { ...invalidation, tags: ['x'.repeat(257)] }],
  ['no time', { ...invalidation, changedAt: 'yesterday' }],
  ['a third pass', { ...invalidation, pass: 3 }],
])('refuses a message with %s', (_, body) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  expect(() => invalidationIn(text)).toThrow(MalformedInvalidationError);
});
