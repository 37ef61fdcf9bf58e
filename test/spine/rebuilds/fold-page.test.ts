// Rows from the pages of a scan, wherever the pages cut the streams and in whatever order they come.
import { describe, expect, it } from 'vitest';
import { foldPage } from '../../../lambdas/spine/kernel/sweep/fold-page.ts';
import { account, balancesOf, deposits, foldOfAll } from './balances.ts';

const balances = balancesOf(1);

describe('a page of a scan', () => {
  it('gives the rows of the streams that begin on it, without another read', () => {
    const [one, two] = [account('one', 4), account('two', 2)];
    const { rows, fromStore, unreadable } = foldPage(balances, [...one, ...two], undefined);
    expect(rows).toEqual([foldOfAll(balances, one), foldOfAll(balances, two)]);
    expect([fromStore, unreadable]).toEqual([[], []]);
  });

  it('goes on with the stream that the page before ended in', () => {
    const commits = account('cut', 5);
    const first = foldPage(balances, commits.slice(0, 2), undefined);
    const { rows } = foldPage(balances, commits.slice(2), first.open);
    expect(rows).toEqual([foldOfAll(balances, commits)]);
  });

  it('leaves a stream to the event table whose beginning it has not seen', () => {
    const { rows, fromStore } = foldPage(balances, account('late', 5).slice(2), undefined);
    expect({ rows, fromStore }).toEqual({ rows: [], fromStore: ['account-late'] });
  });

  it('leaves a stream to the event table that has a hole in it', () => {
    const commits = account('torn', 5);
    const { fromStore } = foldPage(balances, commits.toSpliced(2, 1), undefined);
    expect(fromStore).toEqual(['account-torn']);
  });

  it('folds a stream right whose commits come in another order, mixed with others', () => {
    const [one, two] = [account('one', 3), account('two', 3)];
    const mixed = [one[2], two[1], one[0], two[2], one[1], two[0]].filter((each) => each !== undefined);
    expect(foldPage(balances, mixed, undefined).rows).toEqual([foldOfAll(balances, one), foldOfAll(balances, two)]);
  });

  it('names a stream that cannot be read, and folds the others', () => {
    const bad = { ...deposits('account-bad', 1, 5), events: [{ type: 'Unknown', schemaVersion: '1.0.0', data: {} }] };
    const { rows, unreadable } = foldPage(balances, [bad, ...account('good', 1)], undefined);
    expect(rows.map(({ stream }) => stream)).toEqual(['account-good']);
    expect(unreadable.map(({ stream }) => stream)).toEqual(['account-bad']);
  });
});
