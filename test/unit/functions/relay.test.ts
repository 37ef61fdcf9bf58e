import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, expect, it, vi } from 'vitest';
import { commitToItem } from '../../../lambdas/adapters/dynamodb/commit-item.ts';
import type { EncodedHint } from '../../../lambdas/adapters/wire/bundle-codec.ts';
import { relay } from '../../../lambdas/functions/relay/handler.ts';
import type { Commit } from '../../../lambdas/kernel/envelope.ts';
import { logger } from '../../../lambdas/runtime/logger.ts';

afterEach(() => vi.restoreAllMocks());

const commit = (stream: string, version = 1): Commit => ({
  stream,
  version,
  id: 'id',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'x',
  events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
  idempotency: { key: 'secret-key', payload: 'p' },
  snapshot: { fold: 1, state: {}, marks: [] },
});

const event = (...items: (Commit | 'broken')[]): DynamoDBStreamEvent => ({
  Records: items.map((item, index) => ({
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: String(index),
      NewImage: (item === 'broken' ? { stream: { S: 's' } } : commitToItem(item)) as never,
    },
  })),
});

const streamThatLoses = (...lost: string[]) => {
  const put: EncodedHint[] = [];
  const stream = {
    put: async (hints: readonly EncodedHint[]) => {
      put.push(...hints);
      return new Set(lost);
    },
  };
  return { put, stream };
};

it('puts every commit on the event stream, without what only the event table needs', async () => {
  const { put, stream } = streamThatLoses();
  expect(await relay(stream)(event(commit('order-1'), commit('order-2')))).toEqual({ batchItemFailures: [] });
  expect(put.map((hint) => hint.stream)).toEqual(['order-1', 'order-2']);
  expect(put[0]?.text).not.toMatch(/secret-key|snapshot|marks/);
});

it('asks for everything again from the first commit that did not get through', async () => {
  const { stream } = streamThatLoses('order-2');
  const result = await relay(stream)(event(commit('order-1'), commit('order-2'), commit('order-3')));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});

it('relays what comes before a record that is no commit, and reports that record', async () => {
  const { put, stream } = streamThatLoses();
  const result = await relay(stream)(event(commit('order-1'), 'broken', commit('order-3')));
  expect(put.map((hint) => hint.stream)).toEqual(['order-1']);
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});

it.each(['MODIFY', 'REMOVE'] as const)(
  'reports a %s of a commit, by its keys alone, and relays what else there is',
  async (eventName) => {
    const error = vi.spyOn(logger, 'error').mockReturnValue();
    const { put, stream } = streamThatLoses();
    const Keys = { stream: { S: 'order-1' }, version: { N: '1' } };
    const changed = { eventName, dynamodb: { SequenceNumber: '0', Keys, OldImage: { events: { S: 'secret' } } } };
    const { Records } = event(commit('order-2'));
    expect(await relay(stream)({ Records: [changed, ...Records] })).toEqual({ batchItemFailures: [] });
    expect(put.map((hint) => hint.stream)).toEqual(['order-2']);
    const line = { code: 'commit_changed', change: eventName, keys: Keys };
    expect(error.mock.calls).toEqual([['A commit was changed or deleted', line]]);
  },
);
