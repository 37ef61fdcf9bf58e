// A rebuild from its route to its rows.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import * as operations from '../../../lambdas/spine/ops/rebuilds/operations.ts';
import { account, balancesOf, byLevel, foldOfAll } from './balances.ts';
import { admin, MOST_DELIVERIES, rebuildWorld } from './world.ts';

const accounts = Array.from({ length: 40 }, (_, at) => account(`${at}`, 1 + (at % 9)));
const EVENTS = accounts.flat().reduce((sum, { events }) => sum + events.length, 0);
const balances = balancesOf(2);
const readModel = 'balances';

describe('a rebuild', () => {
  let world: ReturnType<typeof rebuildWorld>;
  beforeEach(async () => {
    world = rebuildWorld(balances);
    await world.append(accounts.flat());
  });
  const start = async () => {
    const { statusCode, json } = await world.ask('POST /ops/rebuilds', { readModel });
    expect(statusCode).toBe(202);
    return (json as { rebuildId: string }).rebuildId;
  };
  const look = async (id: string) => {
    const { json } = await world.ask('GET /ops/rebuilds/{rebuildId}', undefined, admin, { rebuildId: id });
    return operations.getRebuild.success.schema.parse(json);
  };
  const expectFolds = () => {
    for (const commits of accounts) {
      expect(world.table.rows.get(commits[0]?.stream ?? '')).toEqual(foldOfAll(balances, commits));
    }
  };

  it('folds every row, tells how far it is, and then invalidates one tag', async () => {
    const id = await start();
    expect(await look(id)).toMatchObject({ state: 'running', swept: 0, eventsPerSecond: 0 });
    await world.deliver(world.queue.shift());
    const half = await look(id);
    expect(half.swept).toBeGreaterThan(0);
    expect(half.remainingSeconds).toBeGreaterThan(0);
    expect(world.invalidations).toEqual([]);
    await world.drain();
    expect(await look(id)).toMatchObject({ state: 'done', swept: EVENTS, total: EVENTS, unreadable: 0 });
    expectFolds();
    expect(world.invalidations).toEqual([
      { collection: readModel, tags: [readModel], changedAt: expect.any(String), pass: 1 },
    ]);
  });

  it('goes on in another message when the time of one is up', async () => {
    const id = await start();
    await world.drain(2);
    expect(await look(id)).toMatchObject({ state: 'done', swept: EVENTS });
    expectFolds();
  });

  it('is done once, however often its messages are delivered', async () => {
    const id = await start();
    const twice = world.queue.splice(0).flatMap((message) => [message, message]);
    for (const message of twice) await world.deliver(message);
    await world.drain();
    expect(await look(id)).toMatchObject({ state: 'done', swept: EVENTS });
    expect(world.invalidations).toHaveLength(1);
  });

  it('goes on after a worker died behind its last checkpoint, before it told the edge', async () => {
    const id = await start();
    const messages = world.queue.splice(0);
    const { send } = world.ports.invalidations;
    world.ports.invalidations.send = async () => {
      throw new Error('dead');
    };
    for (const message of messages) await world.deliver(message);
    expect(await look(id)).toMatchObject({ state: 'running', swept: EVENTS });
    world.ports.invalidations.send = send;
    await world.deliver(messages.at(-1), undefined, 2);
    expect(await look(id)).toMatchObject({ state: 'done' });
    expect(world.invalidations).toHaveLength(1);
  });

  it('runs once at a time for a read model', async () => {
    const id = await start();
    const again = await world.ask('POST /ops/rebuilds', { readModel });
    expect([again.statusCode, again.json]).toMatchObject([409, { code: 'rebuild_running' }]);
    expect((again.json as { detail: string }).detail).toContain(id);
    expect(world.queue).toHaveLength(3);
    await world.drain();
    expect((await look(id)).state).toBe('done');
    await start();
  });

  it('is cancelled where it is, and another can begin', async () => {
    const id = await start();
    await world.deliver(world.queue.shift(), 1);
    const cancel = () => world.ask('POST /ops/rebuilds/{rebuildId}/cancel', undefined, admin, { rebuildId: id });
    const { statusCode, json } = await cancel();
    expect([statusCode, json]).toMatchObject([202, { rebuildId: id, state: 'cancelled' }]);
    const { swept } = await look(id);
    await world.drain();
    expect(await look(id)).toMatchObject({ state: 'cancelled', swept });
    expect((await cancel()).statusCode).toBe(202);
    await start();
    await world.drain();
    expectFolds();
  });

  it('is cancelled within a page that it is slow to work through', async () => {
    world = rebuildWorld(balances, { commitsPerPage: 10_000, workers: 2 });
    await world.append(Array.from({ length: 1_200 }, (_, at) => account(`many-${at}`, 1)).flat());
    const id = await start();
    let isCancelled = false;
    world.ports.pace = { read: 1, write: 1e6 };
    const { checkpoint } = world.jobs;
    world.jobs.checkpoint = async (...progress) => {
      const kept = await checkpoint(...progress);
      if (!isCancelled) await world.ask('POST /ops/rebuilds/{rebuildId}/cancel', undefined, admin, { rebuildId: id });
      isCancelled = true;
      return kept;
    };
    await world.deliver(world.queue.shift(), 3);
    expect(await look(id)).toMatchObject({ state: 'cancelled', swept: 256 });
    expect(world.table.rows.size).toBeLessThanOrEqual(512);
  });

  it('is left to rest, for so long as its units are ahead of its pace', async () => {
    const id = await start();
    world.ports.pace = { read: 0.1, write: 1e6 };
    await world.deliver(world.queue[0], 1);
    // Two pages of ten commits: the second was read ahead.
    expect(world.delays.at(-1)).toBeGreaterThan(90);
    expect(world.delays.at(-1)).toBeLessThanOrEqual(200);
    expect(await look(id)).toMatchObject({ state: 'running', remainingSeconds: expect.any(Number) });
    world.ports.pace = { read: 0.001, write: 1e6 };
    await world.deliver(world.queue[1], 1);
    expect(world.delays.at(-1)).toBe(900);
  });

  it('tells of streams that it left out, of some by name', async () => {
    const bad = (at: number) => ({
      ...(account(`bad-${at}`, 1)[0] as Commit),
      events: [{ type: 'Unknown', schemaVersion: '1.0.0', data: {} }],
    });
    await world.append(Array.from({ length: 50 }, (_, at) => bad(at)));
    const id = await start();
    await world.drain();
    const { state, unreadable, leftOut } = await look(id);
    expect([state, unreadable]).toEqual(['done', 50]);
    expect(leftOut.length).toBeGreaterThanOrEqual(2);
    expect(leftOut.length).toBeLessThanOrEqual(6);
    expect(leftOut[0]).toMatchObject({
      stream: expect.stringMatching(/^account-bad-/),
      reason: expect.stringMatching(/Unknown/),
    });
    expectFolds();
  });

  it('has failed when a part of it failed for the last time', async () => {
    const id = await start();
    const [message] = world.queue.splice(0);
    world.ports.projections = [];
    const failed = { batchItemFailures: [{ itemIdentifier: 'm' }] };
    expect(await world.deliver(message, 1, MOST_DELIVERIES - 1)).toEqual(failed);
    expect((await look(id)).state).toBe('running');
    expect(await world.deliver(message, 1, MOST_DELIVERIES)).toEqual(failed);
    expect((await look(id)).state).toBe('failed');
  });

  it('does not begin where its work cannot be sent, and says so', async () => {
    const { send } = world.ports.work;
    world.ports.work.send = async () => {
      throw Object.assign(new Error('down'), { name: 'ServiceUnavailable' });
    };
    expect((await world.ask('POST /ops/rebuilds', { readModel })).statusCode).toBeGreaterThanOrEqual(500);
    world.ports.work.send = send;
    await start();
  });

  it('knows its read models', async () => {
    const { statusCode, json } = await world.ask('POST /ops/rebuilds', { readModel: 'nobody' });
    expect([statusCode, json]).toMatchObject([422, { code: 'unknown_read_model' }]);
    expect((json as { detail: string }).detail).toContain('there are balances');
    const unknown = await world.ask('GET /ops/rebuilds/{rebuildId}', undefined, admin, { rebuildId: 'nobody' });
    expect(unknown.statusCode).toBe(404);
  });

  it('is for admins', async () => {
    const staff = { ...admin, isAdmin: false };
    expect((await world.ask('POST /ops/rebuilds', { readModel }, staff)).statusCode).toBe(403);
  });
});

describe('an estimate', () => {
  const estimateIn = async (streams: number, commitsPerPage: number, indexes = 0) => {
    const world = rebuildWorld(balancesOf(1, indexes > 0 ? [byLevel] : []), { commitsPerPage });
    const commits = Array.from({ length: streams }, (_, at) => account(`${at}`, 4)).flat();
    await world.append(commits);
    const { statusCode, json } = await world.ask('POST /ops/rebuilds', { readModel, dryRun: true });
    expect([statusCode, world.queue]).toEqual([200, []]);
    return operations.startRebuild.success.schema.parse(json).estimate;
  };

  it('is exact where a page holds the table, and begins nothing', async () => {
    const estimate = await estimateIn(20, 1_000);
    expect(estimate).toMatchObject({ streams: 20, events: 140, readUnits: 80 + 10, writeUnits: 20, seconds: 1 });
    expect(estimate.dollars).toBeCloseTo((90 * 0.125 + 20 * 0.625) / 1e6, 6);
    expect((await estimateIn(20, 1_000, 1)).writeUnits).toBe(40);
  });

  it('is near the truth where a few pages stand for the table', async () => {
    const { streams, events, readUnits } = await estimateIn(2_000, 200);
    for (const [estimated, is] of [
      [streams, 2_000],
      [events, 14_000],
      [readUnits, 8_000 + 1_000],
    ] as const) {
      expect(estimated).toBeGreaterThan(0.5 * is);
      expect(estimated).toBeLessThan(2 * is);
    }
  });

  it('is nothing for no events', async () => {
    expect(await estimateIn(0, 10)).toMatchObject({ streams: 0, events: 0, writeUnits: 0, dollars: 0 });
  });
});
