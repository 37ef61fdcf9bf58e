// Rows from the pages of a scan, wherever the pages cut the streams and in whatever order they come.
import { describe, expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { UnreadableEventError } from '../../../lambdas/spine/kernel/errors.ts';
import { foldPage } from '../../../lambdas/spine/kernel/sweep/fold-page.ts';
import { account, balancesOf, deposits, foldOfAll } from './balances.ts';

const balances = balancesOf(1);

const page = (commits: readonly Commit[]) => ({ commits, unreadable: [] });

describe('a page of a scan', () => {
  it('gives the rows of the streams that begin on it, without another read', () => {
    const [one, two] = [account('one', 4), account('two', 2)];
    const { rows, fromStore, unreadable } = foldPage(balances, page([...one, ...two]), undefined);
    expect(rows).toEqual([foldOfAll(balances, one), foldOfAll(balances, two)]);
    expect([fromStore, unreadable]).toEqual([[], []]);
  });

  it('goes on with the stream that the page before ended in', () => {
    const commits = account('cut', 5);
    const first = foldPage(balances, page(commits.slice(0, 2)), undefined);
    const { rows } = foldPage(balances, page(commits.slice(2)), first.open);
    expect(rows).toEqual([foldOfAll(balances, commits)]);
  });

  it('leaves a stream to the event table whose beginning it has not seen', () => {
    const { rows, fromStore } = foldPage(balances, page(account('late', 5).slice(2)), undefined);
    expect({ rows, fromStore }).toEqual({ rows: [], fromStore: ['account-late'] });
  });

  it('leaves a stream to the event table that has a hole in it', () => {
    const commits = account('torn', 5);
    const { fromStore } = foldPage(balances, page(commits.toSpliced(2, 1)), undefined);
    expect(fromStore).toEqual(['account-torn']);
  });

  it('folds a stream right whose commits come in another order, mixed with others', () => {
    const [one, two] = [account('one', 3), account('two', 3)];
    const mixed = [one[2], two[1], one[0], two[2], one[1], two[0]].filter((each) => each !== undefined);
    expect(foldPage(balances, page(mixed), undefined).rows).toEqual([
      foldOfAll(balances, one),
      foldOfAll(balances, two),
    ]);
  });

  it('names a stream that cannot be read, and folds the others', () => {
    const bad = { ...deposits('account-bad', 1, 5), events: [{ type: 'Unknown', schemaVersion: '1.0.0', data: {} }] };
    const { rows, unreadable } = foldPage(balances, page([bad, ...account('good', 1)]), undefined);
    expect(rows.map(({ stream }) => stream)).toEqual(['account-good']);
    expect(unreadable.map(({ stream }) => stream)).toEqual(['account-bad']);
  });

  it('names a stream of which an item is no commit, by the item', () => {
    const damaged = { stream: 'account-bad', version: 2, error: new UnreadableEventError('it lacks its events') };
    const commits = [deposits('account-bad', 1, 5), ...account('good', 1)];
    const { rows, unreadable, fromStore } = foldPage(balances, { commits, unreadable: [damaged] }, undefined);
    expect(rows.map(({ stream }) => stream)).toEqual(['account-good']);
    expect(unreadable.map(({ error }) => error.message)).toEqual(['account-bad@2 is no commit: it lacks its events']);
    expect(fromStore).toEqual([]);
  });

  it('names a stream whose fold throws, and folds the others', () => {
    const strict = balancesOf(1);
    const { account: fold } = strict.folds;
    const evolve: NonNullable<typeof fold>['evolve'] = (part, event) => {
      if (event.stream === 'account-bad') throw new TypeError('undefined is not a balance');
      return (fold as NonNullable<typeof fold>).evolve(part, event);
    };
    const throwing = { ...strict, folds: { account: { ...fold, evolve } } } as typeof strict;
    const commits = [...account('bad', 2), ...account('good', 2)];
    const { rows, unreadable } = foldPage(throwing, page(commits), undefined);
    expect(rows.map(({ stream }) => stream)).toEqual(['account-good']);
    expect(unreadable.map(({ error }) => error.message)).toEqual([
      'account-bad@1 cannot be folded: TypeError: undefined is not a balance',
    ]);
  });
});
