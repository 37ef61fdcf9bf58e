import { expect, it } from 'vitest';
import {
  commitToItem,
  type Item,
  itemToCommit,
  MalformedItemError,
} from '../../../lambdas/spine/aws/dynamodb/commit-item.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';

const commit: Commit = {
  stream: 'order-1',
  version: 50,
  id: 'c',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'c',
  events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
};

it('reads a commit whose snapshot is in a form of other code as one without', () => {
  const item = { ...commitToItem(commit), snapshot: { S: 'H4sIAAAAAAAAA6' } };
  expect(itemToCommit(item)).toStrictEqual(commit);
  expect(itemToCommit({ ...item, snapshot: { B: new Uint8Array(3) } })).toStrictEqual(commit);
});

it('stores a snapshot as code before riders reads it: its generation is called fold', () => {
  const carrying: Commit = { ...commit, snapshot: { generation: 3, state: { open: true }, marks: [] } };
  const item = commitToItem(carrying);
  expect(JSON.parse(item['snapshot']?.S ?? '')).toEqual({ fold: 3, state: { open: true }, marks: [] });
  expect(itemToCommit(item)).toStrictEqual(carrying);
});

it('refuses an item that is no commit', () => {
  const { events: _, ...item } = commitToItem(commit);
  expect(() => itemToCommit(item)).toThrow(MalformedItemError);
  for (const damage of [
    { events: { S: '[{' } },
    { events: { S: '{}' } },
    { version: { N: '0' } },
    { time: { N: '1' } },
  ]) {
    expect(() => itemToCommit({ ...commitToItem(commit), ...damage } as Item)).toThrow(MalformedItemError);
  }
});

it('passes over attributes that newer code added', () => {
  expect(itemToCommit({ ...commitToItem(commit), added: { N: '1' } })).toStrictEqual(commit);
});
