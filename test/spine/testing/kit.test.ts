// The test kit fails where a test is to fail.
import { AssertionError } from 'node:assert';
import { expect, it } from 'vitest';
import { accept, reject } from '../../../lambdas/spine/kernel/decider.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { given, project } from '../../../lambdas/spine/testing/index.ts';
import { type LoanEvent, loanDecider } from '../process/reminder.ts';

const lent: LoanEvent = { type: 'Lent', data: { dueAt: '2026-01-01T00:00:00.000Z' } };
const reminded: LoanEvent = { type: 'Reminded', data: {} };
const remind = { type: 'Remind' } as const;
const loan = given(loanDecider);
const refusing = given({ ...loanDecider, decide: () => reject('rule', 'closed', 'The library is closed.') });

it('tells events, nothing and rejections apart', () => {
  loan(lent).when(remind).thenEvents(reminded);
  loan(lent, reminded).when(remind).thenNothing();
  refusing(lent).when(remind).thenRejected('closed');
  expect(() => loan(lent).when(remind).thenNothing()).toThrow(AssertionError);
  expect(() => loan(lent).when(remind).thenEvents(lent)).toThrow(AssertionError);
  expect(() => loan(lent).when(remind).thenRejected('closed')).toThrow('the command was accepted');
  expect(() => refusing(lent).when(remind).thenRejected('open')).toThrow('The library is closed.');
  expect(() => refusing(lent).when(remind).thenNothing()).toThrow(AssertionError);
});

it('gives the decision itself to whoever looks closer', () => {
  expect(loan(lent).when(remind)).toEqual(accept(reminded));
});

it('folds the part of a stream, as its events are read', () => {
  const times: Projection<readonly string[]> = {
    ...{ name: 'times', generation: 1, indexes: [], viewKey: (stream) => stream, indexKeys: () => ({}) },
    cacheTags: () => [],
    folds: { loan: { codec: loanDecider.codec, evolve: (part = [], { type, time }) => [...part, `${type} ${time}`] } },
  };
  expect(project(times, 'loan-7', [])).toBeUndefined();
  expect(project(times, 'loan-7', [lent, reminded])).toMatchObject({
    version: 2,
    part: ['Lent 2026-01-01T00:00:00.000Z', 'Reminded 2026-01-01T00:00:01.000Z'],
  });
  const misspelt = { type: 'Lent', data: { due: '' } } as unknown as LoanEvent;
  expect(() => project(times, 'loan-7', [misspelt])).toThrow('Invalid input');
});
