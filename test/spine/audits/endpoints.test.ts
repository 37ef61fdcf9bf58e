// The routes of audits, with what they keep in memory.
import { beforeEach, expect, it } from 'vitest';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { tallyOf } from '../../../lambdas/spine/kernel/audit/tally.ts';
import { auditEndpoints } from '../../../lambdas/spine/ops/audits/endpoints.ts';
import type { AskedAudit } from '../../../lambdas/spine/ops/audits/messages.ts';
import { inMemoryAuditStore } from '../../../lambdas/spine/testing/memory/audit-store.ts';
import { asked } from '../ops/asked.ts';
import { admin } from '../rebuilds/world.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
let audits = inMemoryAuditStore();
let messages: AskedAudit[] = [];
let ask: ((message: AskedAudit) => Promise<void>) | undefined;

beforeEach(() => {
  audits = inMemoryAuditStore();
  messages = [];
  ask = async (message) => void messages.push(message);
});

function request(route: string, body?: unknown, path = {}, caller = admin) {
  const ports = { audits, ask, newId: () => 'a1', now: () => new Date(startedAt) };
  return asked(httpHandler(auditEndpoints(ports, async () => caller)), route, body, path);
}

const look = (auditId: string) => request('GET /ops/audits/{auditId}', undefined, { auditId });

it('one that was asked for is running until the audit has ended it, and tells what it found and why', async () => {
  const begun = await request('POST /ops/audits', { scope: 'full' });
  expect([begun.statusCode, begun.json]).toEqual([202, { auditId: 'a1' }]);
  expect(messages).toEqual([{ auditId: 'a1', scope: 'full', startedAt }]);
  expect((await look('a1')).json).toMatchObject({
    scope: 'full',
    state: 'running',
    streams: 0,
    reported: [],
    startedAt,
  });

  const unreadable = { subscriber: 'loans', stream: 'loan-1', version: 3, code: 'unknown_event_type', message: 'No X' };
  await audits.add('a1', tallyOf({ streams: 5, behind: 2, repaired: 2, unreadable: 1 }, [unreadable]));
  await audits.end('a1', 'done', startedAt);
  for (const id of ['a1', 'latest']) {
    const { json } = await look(id);
    expect(json).toMatchObject({
      auditId: 'a1',
      state: 'done',
      streams: 5,
      behind: 2,
      repaired: 2,
      endedAt: startedAt,
    });
    expect(json).toMatchObject({ unreadable: 1, reported: [unreadable] });
  }
});

it('is cancelled where nobody could be asked', async () => {
  ask = async () => {
    throw new Error('down');
  };
  expect((await request('POST /ops/audits', { scope: 'recent' })).statusCode).toBe(500);
  expect((await audits.find('a1'))?.state).toBe('cancelled');
});

it('an application without an audit says so', async () => {
  ask = undefined;
  const { statusCode, json } = await request('POST /ops/audits', { scope: 'recent' });
  expect([statusCode, json]).toMatchObject([422, { code: 'not_audited' }]);
});

it('there may be none yet, and none of that id', async () => {
  for (const id of ['latest', 'a2']) expect((await look(id)).statusCode).toBe(404);
});

it('is for admins', async () => {
  const staff = { ...admin, isAdmin: false };
  expect((await request('POST /ops/audits', { scope: 'full' }, {}, staff)).statusCode).toBe(403);
  expect(messages).toEqual([]);
});
