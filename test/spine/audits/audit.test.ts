// What an audit finds in what was written lately and in everything, and what it does about it.
import { describe, expect, it } from 'vitest';
import { type Commit, lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import { account, deposits } from '../rebuilds/balances.ts';
import { START, world } from './world.ts';

const stand = (
  rows: Map<string, { version: number; generation: number }>,
  commits: readonly Commit[],
  generation = 1,
) => {
  for (const commit of commits) rows.set(commit.stream, { version: lastVersion(commit), generation });
};

describe('what was written lately', () => {
  it('is told again to the one subscriber that has lost it, and that is counted once', async () => {
    const { append, rows, clock, deliver, told, counts, pass, audits } = world();
    const [a, b] = [account('a', 3), account('b', 3)];
    await append(...a, ...b);
    stand(rows, a);
    stand(rows, b.slice(0, 1));
    clock.now += 20_000;
    await deliver();
    expect(told).toEqual([{ subscriber: 'balances', events: [`account-b@${b[2]?.version}`] }]);
    expect(counts()).toMatchObject({ streams: expect.any(Number), behind: 1, repaired: 1, unreadable: 0 });
    stand(rows, b);
    await pass(3_600);
    expect(told).toHaveLength(1);
    expect(counts()).toMatchObject({ behind: 1, repaired: 1, stuck: 0 });
    expect(await audits.latest()).toMatchObject({ scope: 'recent', counts: { behind: 1, repaired: 1 } });
  });

  it('is left alone for the time that subscribers have to follow', async () => {
    const { append, clock, deliver, told } = world();
    await append(...account('a', 1));
    clock.now += 19_000;
    await deliver();
    expect(told).toEqual([]);
    clock.now += 1_000;
    await deliver();
    expect(told).toHaveLength(1);
  });

  it('is looked at once, however often the schedule calls', async () => {
    const { append, rows, clock, deliver, audits } = world();
    await append(...account('a', 2));
    stand(rows, account('a', 2));
    for (let minute = 0; minute < 3; minute += 1) {
      clock.now += 60_000;
      await deliver();
    }
    expect((await audits.find('2026-01-01'))?.counts.streams).toBe(1);
  });

  it('is told again with growing pauses while telling does not help, and not for ever', async () => {
    const { append, clock, deliver, told, counts, pass, audits } = world();
    await append(...account('a', 1));
    clock.now += 20_000;
    await deliver();
    await pass(86_400);
    expect(told).toHaveLength(10);
    expect(counts()).toMatchObject({ behind: 1, repaired: 1, stuck: 1 });
    expect(await audits.reported('2026-01-01')).toEqual([
      expect.objectContaining({ subscriber: 'balances', stream: 'account-a', code: 'stuck' }),
    ]);
  });

  it('is not told again to a subscriber that has given it up: that is counted, and ends there', async () => {
    const { append, clock, deliver, told, counts, parked, queue } = world();
    await append(...account('a', 1));
    parked.add('account-a');
    clock.now += 20_000;
    await deliver();
    expect(told).toEqual([]);
    expect(queue).toEqual([]);
    expect(counts()).toMatchObject({ behind: 1, repaired: 0, parked: 1 });
  });

  it('is not told again to a subscriber that has much before it, until it has worked that off', async () => {
    const { append, clock, deliver, told, counts, busy, pass } = world();
    await append(...account('a', 1));
    busy.add('balances');
    clock.now += 20_000;
    await deliver();
    await pass(7_200);
    expect(told).toEqual([]);
    expect(counts()).toMatchObject({ behind: 1, repaired: 0, stuck: 0 });
    busy.clear();
    await pass(900);
    expect(told[0]).toEqual({ subscriber: 'balances', events: ['account-a@1'] });
    expect(counts()).toMatchObject({ behind: 1, repaired: 1 });
  });

  it('is told with the next look when the queue did not take it', async () => {
    const { append, clock, deliver, told, counts, isMissing, pass } = world();
    await append(...account('a', 1));
    isMissing.untold = true;
    clock.now += 20_000;
    await deliver();
    expect(counts()).toMatchObject({ behind: 1, repaired: 0 });
    isMissing.untold = false;
    await pass(31);
    expect(told).toHaveLength(1);
    expect(counts()).toMatchObject({ behind: 1, repaired: 1 });
  });

  it('is told of a row in another generation without an alarm', async () => {
    const { append, rows, clock, deliver, told, counts, pass } = world({ generation: 2 });
    await append(...account('a', 1));
    stand(rows, account('a', 1), 1);
    clock.now += 20_000;
    await deliver();
    await pass(3_600);
    expect(told).toHaveLength(1);
    expect(counts()).toMatchObject({ behind: 0, repaired: 0, outdated: 1 });
  });

  it('is audited when the clock was set back after it was written', async () => {
    const { append, clock, deliver, told } = world();
    await append(...account('a', 1));
    clock.now -= 86_400_000;
    await deliver();
    expect(told[0]).toEqual({ subscriber: 'balances', events: ['account-a@1'] });
  });

  it('that no code can read is reported by its stream and reason, and stops nothing', async () => {
    const { append, clock, deliver, told, counts, audits, record } = world();
    const poison = {
      ...deposits('account-☠\u{1f4a5}\uffff', 1, 1),
      events: [{ type: 'Melted', schemaVersion: '1.0.0', data: {} }],
    };
    await append(poison, ...account('b', 1));
    record({
      writtenAt: clock.now,
      written: { kind: 'unreadable', stream: 'account-c', version: 1, code: 'malformed_item', message: 'no text' },
    });
    await append(...account('d', 1));
    clock.now += 20_000;
    await deliver();
    expect(told.flatMap(({ events }) => events)).toEqual(['account-b@1', 'account-d@1']);
    expect(counts()).toMatchObject({ unreadable: 2, repaired: 2 });
    const reported = await audits.reported('2026-01-01');
    expect(reported.map(({ stream, code }) => [stream, code])).toEqual(
      expect.arrayContaining([
        ['account-☠\u{1f4a5}\uffff', 'newer_event'],
        ['account-c', 'malformed_item'],
      ]),
    );
  });

  it('is lost from the stream after a day: then everything is audited', async () => {
    const { append, clock, deliver, dropRecordsBefore, rows, audits, told } = world();
    await append(...account('a', 1));
    stand(rows, account('a', 1));
    clock.now += 20_000;
    await deliver();
    await append(...account('lost', 1));
    clock.now += 3_600_000;
    await append(...account('b', 1));
    dropRecordsBefore(2);
    await deliver();
    expect(told.flatMap(({ events }) => events)).toContain('account-lost@1');
    expect(await audits.control()).toMatchObject({ wholeSince: new Date(clock.now).toISOString() });
  });
});

describe('everything', () => {
  it('is audited once a day, and by the first run that there is', async () => {
    const { appendOld, clock, deliver, told, rows, audits } = world();
    for (const commit of account('old', 4)) await appendOld(commit);
    clock.now += 20_000;
    await deliver();
    stand(rows, account('old', 4));
    const first = (await audits.control())?.wholeSince;
    expect(first).toBe(new Date(START + 20_000).toISOString());
    clock.now += 23 * 3_600_000;
    await deliver();
    expect((await audits.control())?.wholeSince).toBe(first);
    rows.delete('account-old');
    clock.now += 3_600_000;
    await deliver();
    expect((await audits.control())?.wholeSince).not.toBe(first);
    expect(told.at(-1)).toEqual({ subscriber: 'balances', events: ['account-old@7'] });
  });

  it('is read within the budget, and goes on with the next minute’s where it was', async () => {
    const { appendOld, rows, clock, deliver, audits, pass } = world({ unitsPerSecond: 10, commitsPerPage: 100 });
    const accounts = Array.from({ length: 20 }, (_, at) => account(`${at}`, 100));
    for (const commit of accounts.flat()) await appendOld(commit);
    stand(rows, accounts.flat());
    clock.now += 30_000;
    await deliver();
    const { full } = (await audits.control()) ?? {};
    const read = (await audits.find(full?.auditId ?? ''))?.counts.streams ?? 0;
    expect(read).toBeGreaterThan(3);
    expect(read).toBeLessThan(9);
    await pass(600);
    expect(await audits.find(full?.auditId ?? '')).toMatchObject({ state: 'done', counts: { streams: 20, behind: 0 } });
  });

  it('goes on after a run that died, when its lock has run out', async () => {
    const { appendOld, clock, deliver, audits, hooks, told } = world({ commitsPerPage: 2 });
    for (const commit of account('a', 9)) await appendOld(commit);
    clock.now += 20_000;
    let pages = 0;
    hooks.beforeScan = () => {
      pages += 1;
      if (pages === 3) throw new Error('killed');
    };
    expect(await deliver()).toBe(1);
    expect((await audits.control())?.full?.position).toBeDefined();
    clock.now += 10_000;
    expect(await deliver()).toBe(0);
    expect(pages).toBe(3);
    clock.now += 30_000;
    await deliver();
    expect((await audits.control())?.full).toBeUndefined();
    expect(pages).toBeLessThan(8);
    expect(told.length).toBeGreaterThan(0);
  });

  it('finds rows that are further than a table that was restored, and leaves those that others write meanwhile', async () => {
    const { appendOld, rows, clock, deliver, audits, counts, told } = world();
    await appendOld(...account('a', 1), ...account('b', 1));
    rows.set('account-a', { version: 9, generation: 1 });
    rows.set('account-b', { version: 1, generation: 1 });
    clock.now += 86_400_000 * 2;
    await deliver();
    expect(counts()).toMatchObject({ ahead: 1, behind: 0 });
    expect(told).toEqual([]);
    const reported = await audits.reported((await audits.latest())?.auditId ?? '');
    expect(reported).toEqual([expect.objectContaining({ stream: 'account-a', code: 'row_ahead', version: 9 })]);
  });

  it('may be a stream of 10,000 commits', async () => {
    const { appendOld, rows, clock, deliver, counts } = world({ commitsPerPage: 1_000, unitsPerSecond: 100_000 });
    const long = account('long', 10_000);
    for (const commit of long) await appendOld(commit);
    stand(rows, long);
    clock.now += 20_000;
    await deliver();
    expect(counts()).toMatchObject({ behind: 0, ahead: 0, repaired: 0 });
  });
});

describe('runs', () => {
  it('of which two begin at once do what one does', async () => {
    const { append, clock, deliver, told, audits } = world();
    await append(...account('a', 1));
    clock.now += 20_000;
    await Promise.all([deliver(), deliver()]);
    expect(told).toHaveLength(1);
    expect((await audits.control())?.lock).toBeUndefined();
  });

  it('that were asked for are over when everything written before is looked at', async () => {
    const { append, clock, deliver, audits, pass } = world();
    await append(...account('a', 1));
    clock.now += 5_000;
    const startedAt = new Date(clock.now).toISOString();
    await audits.begin({ auditId: 'asked', scope: 'recent', startedAt });
    await deliver({ asked: { auditId: 'asked', scope: 'recent', startedAt } });
    expect(await audits.find('asked')).toMatchObject({ state: 'running' });
    await pass(30);
    expect(await audits.find('asked')).toMatchObject({ state: 'done', counts: { behind: 1, repaired: 1 } });
  });

  it('that were asked for wait for one that is at work', async () => {
    const { clock, deliver, audits, queue } = world();
    await audits.saveControl({
      revision: 1,
      lock: { owner: 'other', until: new Date(clock.now + 9_000).toISOString() },
    });
    const startedAt = new Date(clock.now).toISOString();
    await deliver({ asked: { auditId: 'asked', scope: 'full', startedAt } });
    expect(queue).toEqual([
      { dueAt: clock.now + 10_000, message: { audit: 1, asked: { auditId: 'asked', scope: 'full', startedAt } } },
    ]);
  });

  it('are not held up by a lock from before the clock was set back', async () => {
    const { clock, deliver, audits } = world();
    const until = new Date(clock.now + 86_400_000).toISOString();
    await audits.saveControl({ revision: 1, lock: { owner: 'other', until } });
    await deliver();
    expect((await audits.control())?.lock).toBeUndefined();
  });
});
