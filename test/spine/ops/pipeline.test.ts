import { describe, expect, it } from 'vitest';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { Caller } from '../../../lambdas/spine/http/request/caller.ts';
import { pipelineEndpoint } from '../../../lambdas/spine/ops/pipeline/endpoint.ts';
import type { PipelinePorts } from '../../../lambdas/spine/ops/pipeline/hops.ts';
import { getPipeline } from '../../../lambdas/spine/ops/pipeline/operations.ts';
import { asked } from './asked.ts';

const ports: PipelinePorts = {
  hops: [
    { name: 'relay', kind: 'change-stream', queueUrl: 'http://sqs/relay-failures' },
    { name: 'loans', kind: 'queue', queueUrl: 'http://sqs/loans' },
  ],
  depthOf: async (url) => ({ pending: url.length, deadLetters: 2 }),
  now: () => new Date('2026-11-25T12:00:00.000Z'),
};
const get = (caller: Caller, of: Partial<PipelinePorts> = {}) =>
  asked(httpHandler([pipelineEndpoint({ ...ports, ...of }, async () => caller)]), 'GET /ops/pipeline');
const admin: Caller = { customerId: 'root', isStaff: true, isAdmin: true, expiresAtInSeconds: 2_000_000_000 };

describe('the pipeline', () => {
  it('is shown hop by hop, from the event table on', async () => {
    const { statusCode, headers, json } = await get(admin);
    expect([statusCode, headers?.['cache-control']]).toEqual([200, 'private, no-store']);
    expect(json).toEqual({
      hops: [
        { name: 'relay', kind: 'change-stream', pending: 25, oldestSeconds: null, deadLetters: 2 },
        { name: 'loans', kind: 'queue', pending: 16, oldestSeconds: null, deadLetters: 2 },
      ],
      time: '2026-11-25T12:00:00.000Z',
    });
    expect(getPipeline.success.schema.parse(json)).toEqual(json);
  });

  it('has the lag and the oldest of what was measured', async () => {
    const lag = { p50Ms: 40, p99Ms: 900, maxMs: 1_200 };
    const { json } = await get(admin, { figures: async () => new Map([['loans', { lag, oldestSeconds: 7 }]]) });
    expect(json).toMatchObject({
      hops: [
        { name: 'relay', oldestSeconds: null },
        { name: 'loans', oldestSeconds: 7, lag },
      ],
    });
    expect(getPipeline.success.schema.parse(json)).toEqual(json);
  });

  it('has nothing old where nothing waits, and answers where nothing can be measured', async () => {
    const { json } = await get(admin, {
      depthOf: async () => ({ pending: 0, deadLetters: 0 }),
      figures: async () => new Map([['loans', { oldestSeconds: 7 }]]),
    });
    expect(json).toMatchObject({ hops: [{ oldestSeconds: 0 }, { oldestSeconds: 0 }] });
    expect((await get(admin, { figures: async () => undefined })).statusCode).toBe(200);
  });

  it('is for admins: staff alone is refused', async () => {
    const { statusCode, json } = await get({ ...admin, isAdmin: false });
    expect([statusCode, json]).toMatchObject([403, { code: 'forbidden', detail: expect.stringContaining('admin') }]);
  });
});
