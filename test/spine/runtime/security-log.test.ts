import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterEach, expect, it, vi } from 'vitest';
import { type SecurityLogSettings, securityLog } from '../../../lambdas/spine/http/request/security-log.ts';
import { logger } from '../../../lambdas/spine/runtime/logger.ts';

const noon = Date.parse('2026-11-24T12:00:00Z');
const day = 24 * 60 * 60 * 1000;
const alice = '7b1a3c1e-alice';
const address = '203.0.113.7';
const settings: SecurityLogSettings = { key: 'key', isBehindEdge: true, now: () => noon };

afterEach(() => vi.restoreAllMocks());

interface Asked {
  readonly settings?: Partial<SecurityLogSettings>;
  readonly caller?: string;
  readonly from?: string;
  readonly statusCode?: number;
}

/** What a request leaves in the log. */
async function logged({ settings: changed = {}, caller, from = address, statusCode = 200 }: Asked) {
  const info = vi.spyOn(logger, 'info').mockReturnValue();
  const event = {
    routeKey: 'GET /orders/{orderId}',
    rawPath: '/orders/01JABC',
    headers: { 'x-viewer-address': from },
    requestContext: {
      http: { sourceIp: '198.51.100.1' },
      ...(caller !== undefined && { authorizer: { jwt: { claims: { sub: caller } } } }),
    },
  } as unknown as APIGatewayProxyEventV2;
  await middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(securityLog({ ...settings, ...changed }))
    .use({
      onError: (request) => {
        request.response = { statusCode };
      },
    })
    .handler(async () => {
      if (statusCode >= 400) throw new Error('refused');
      return { statusCode };
    })(event, {} as Context);
  const lines = info.mock.calls.map(([, fields]) => fields as unknown as Record<string, unknown>);
  info.mockRestore();
  return lines;
}

it.each([200, 401, 403, 500])(
  'a request that ends in %i leaves one line with its route and status',
  async (statusCode) => {
    expect(await logged({ caller: alice, statusCode })).toEqual([
      {
        code: 'request',
        caller: expect.stringMatching(/^[\w-]{16}$/),
        address: expect.stringMatching(/^[\w-]{16}$/),
        route: 'GET /orders/{orderId}',
        status: statusCode,
      },
    ]);
  },
);

it('holds neither the caller nor the address nor the path', async () => {
  expect(JSON.stringify(await logged({ caller: alice }))).not.toMatch(/alice|203\.0|01JABC/);
});

it('tells the same caller and address by the same hashes for a day, and by others the next day', async () => {
  const [first] = await logged({ caller: alice });
  const [later] = await logged({ caller: alice, settings: { now: () => noon + day / 4 } });
  const [nextDay] = await logged({ caller: alice, settings: { now: () => noon + day } });
  expect(later).toEqual(first);
  expect([nextDay?.['caller'], nextDay?.['address']]).not.toContain(first?.['caller']);
  expect(nextDay?.['address']).not.toBe(first?.['address']);
});

it('is of no use to who has not the key', async () => {
  const [ours] = await logged({ caller: alice });
  const [theirs] = await logged({ caller: alice, settings: { key: 'another' } });
  expect(theirs?.['caller']).not.toBe(ours?.['caller']);
});

it('believes the header of the address from the edge alone', async () => {
  const direct = { settings: { isBehindEdge: false } };
  const [claimed] = await logged({ ...direct, from: '192.0.2.1' });
  const [other] = await logged({ ...direct, from: '192.0.2.2' });
  expect(claimed?.['address']).toBe(other?.['address']);
});

it('names no caller whom the gateway has not verified', async () => {
  expect((await logged({}))[0]).toMatchObject({ caller: undefined });
});

it('logs nothing on a stage without a key', async () => {
  expect(await logged({ settings: { key: undefined } })).toEqual([]);
});
