import { expect, test } from 'vitest';
import { failedItems } from '../../../local/mappings/batch-response.ts';
import { failuresOf } from './fake-functions.ts';

const identifiers = ['1', '2', '3'];
const failed = (payload: unknown, reportsItemFailures = true): string[] => [
  ...failedItems({ kind: 'success', payload }, identifiers, reportsItemFailures),
];

test.each([
  ['null', null],
  ['an empty object', {}],
  ['an empty list', { batchItemFailures: [] }],
  ['a null list', { batchItemFailures: null }],
])('takes %s for a complete success', (_, payload) => {
  expect(failed(payload)).toEqual([]);
});

test('takes the named records for failed', () => {
  expect(failed(failuresOf('2', '3'))).toEqual(['2', '3']);
});

test.each([
  ['an empty identifier', failuresOf('')],
  ['a null identifier', failuresOf(null)],
  ['an unknown identifier', failuresOf('2', '4')],
  ['a bad key name', { batchItemFailures: [{ id: '2' }] }],
  ['a list that is none', { batchItemFailures: '2' }],
  ['a string', 'done'],
])('takes %s for a complete failure', (_, payload) => {
  expect(failed(payload)).toEqual(identifiers);
});

test('takes an error for a complete failure', () => {
  const error = { kind: 'error', errorType: 'Error', errorMessage: 'no' } as const;

  expect([...failedItems(error, identifiers, true)]).toEqual(identifiers);
});

test('does not look at the response of a function that does not report item failures', () => {
  expect(failed(failuresOf('2'), false)).toEqual([]);
});
