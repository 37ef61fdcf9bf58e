import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, expect, it, vi } from 'vitest';
import { commitToItem } from '../../../lambdas/spine/aws/dynamodb/commit-item.ts';
import type { EncodedHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { relay } from '../../../lambdas/spine/functions/relay/handler.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { ToRedrive } from '../../../lambdas/spine/kernel/pipeline/redrive.ts';
import { logger } from '../../../lambdas/spine/runtime/logger.ts';

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
  snapshot: { generation: 1, state: {}, marks: [] },
});

const keysOf = ({ stream, version }: Pick<Commit, 'stream' | 'version'>) => ({
  stream: { S: stream },
  version: { N: String(version) },
});

const event = (...items: (Commit | { readonly unreadable: string })[]): DynamoDBStreamEvent => ({
  Records: items.map((item, index) => {
    const Keys = keysOf('unreadable' in item ? { stream: item.unreadable, version: 1 } : item);
    const NewImage = ('unreadable' in item ? Keys : commitToItem(item)) as never;
    return { eventName: 'INSERT', dynamodb: { SequenceNumber: String(index), Keys, NewImage } };
  }),
});

/** An event stream that loses some streams, and a redrive queue that does not take some. */
function ports({ lost = [], refused = [] }: { lost?: string[]; refused?: string[] } = {}) {
  const put: EncodedHint[] = [];
  const left: ToRedrive[] = [];
  return {
    put,
    left,
    stream: {
      put: async (hints: readonly EncodedHint[]) => {
        put.push(...hints);
        return { streams: new Set(lost), codes: [], isOpen: false };
      },
    },
    redrive: {
      send: async (what: readonly ToRedrive[]) => {
        left.push(...what);
        return refused.length > 0 ? [{ kind: 'streams' as const, streams: refused }] : [];
      },
    },
  };
}

it('puts every commit on the event stream, without what only the event table needs', async () => {
  const world = ports();
  expect(await relay(world)(event(commit('order-1'), commit('order-2')))).toEqual({ batchItemFailures: [] });
  expect(world.put.map((hint) => hint.stream)).toEqual(['order-1', 'order-2']);
  expect(world.put[0]?.text).not.toMatch(/secret-key|snapshot|marks/);
  expect(world.left).toEqual([]);
});

it('leaves what the event stream does not take to the redrive, by its streams’ names, and goes on', async () => {
  const world = ports({ lost: ['order-2'] });
  const result = await relay(world)(event(commit('order-1'), commit('order-2'), commit('order-3')));
  expect(result).toEqual({ batchItemFailures: [] });
  expect(world.left).toEqual([{ kind: 'streams', streams: ['order-2'] }]);
});

it('leaves an item that is no commit to the redrive, by its key, and relays what comes after it', async () => {
  const world = ports();
  const result = await relay(world)(event(commit('order-1'), { unreadable: 'order-2' }, commit('order-3')));
  expect(result).toEqual({ batchItemFailures: [] });
  expect(world.put.map((hint) => hint.stream)).toEqual(['order-1', 'order-3']);
  expect(world.left).toEqual([{ kind: 'streams', streams: ['order-2'] }]);
});

it('asks for everything again from the first commit that not even the redrive has taken', async () => {
  const world = ports({ lost: ['order-2', 'order-3'], refused: ['order-3'] });
  const result = await relay(world)(event(commit('order-1'), commit('order-2'), commit('order-3'), commit('order-4')));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
});

it.each(['MODIFY', 'REMOVE'] as const)(
  'reports a %s of a commit, by its keys alone, and relays what else there is',
  async (eventName) => {
    const error = vi.spyOn(logger, 'error').mockReturnValue();
    const world = ports();
    const Keys = { stream: { S: 'order-1' }, version: { N: '1' } };
    const changed = { eventName, dynamodb: { SequenceNumber: '0', Keys, OldImage: { events: { S: 'secret' } } } };
    const { Records } = event(commit('order-2'));
    expect(await relay(world)({ Records: [changed, ...Records] })).toEqual({ batchItemFailures: [] });
    expect(world.put.map((hint) => hint.stream)).toEqual(['order-2']);
    const line = { code: 'commit_changed', change: eventName, keys: Keys };
    expect(error.mock.calls).toEqual([['A commit was changed or deleted', line]]);
  },
);
