import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { describe, expect, it, onTestFinished } from 'vitest';
import { distributionOf } from '../../../local/edge/distribution.ts';
import { startEdge } from '../../../local/edge/start.ts';
import type { Answer } from '../../../local/gateway/http-exchange.ts';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startCloudFront } from '../../../local/services/cloudfront/start.ts';
import { edgeResources, hit, miss } from './fixture.ts';

async function start() {
  const resources = edgeResources();
  const cloudfront = await startCloudFront();
  const client = new CloudFrontClient(clientSettings(cloudfront.endpoint));
  const server = await HttpServer.listen(0, () => {});
  onTestFinished(async () => {
    client.destroy();
    await Promise.all([server.stop(), cloudfront.stop()]);
  });
  let answers = 0;
  const origin: Answer = async () => {
    answers += 1;
    const headers = { etag: `"${answers}"`, 'cache-control': 's-maxage=60', 'cache-tag': 'order-7, order-detail' };
    return { statusCode: 200, headers, body: `answer ${answers}` };
  };
  const lines: string[] = [];
  server.serve(startEdge(resources, { origin, cloudfront, functionLog: () => {}, log: (line) => lines.push(line) }));
  const get = async (headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/orders/7`, { headers });
    return [response.status, response.headers.get('x-cache'), await response.text()];
  };
  const invalidate = (item: string) =>
    client.send(
      new CreateInvalidationCommand({
        DistributionId: distributionOf(resources)?.id,
        InvalidationBatch: { CallerReference: item, Paths: { Quantity: 1, Items: [item] } },
      }),
    );
  return { get, invalidate, lines };
}

describe('a template with a distribution', () => {
  it('is reached through its edge, whose answers go when an invalidation is created', async () => {
    const { get, invalidate } = await start();
    expect(await get()).toEqual([200, miss, 'answer 1']);
    expect(await get()).toEqual([200, hit, 'answer 1']);
    expect(await get({ 'if-none-match': '"1"' })).toEqual([304, hit, '']);
    await invalidate('#order-8');
    expect(await get()).toEqual([200, hit, 'answer 1']);
    await invalidate('#order-7');
    expect(await get({ 'if-none-match': '"1"' })).toEqual([200, miss, 'answer 2']);
    expect(await get()).toEqual([200, hit, 'answer 2']);
  });

  it('is told what of it is left out', async () => {
    const { lines } = await start();
    expect(lines).toEqual([
      'Left out at the edge of this machine: CustomOriginConfig, HttpVersion, ViewerProtocolPolicy',
    ]);
  });
});

describe('a template without a distribution', () => {
  it('is reached at its API', () => {
    const origin: Answer = async () => ({ statusCode: 200 });
    const distribute = () => expect.unreachable();
    const surroundings = { origin, cloudfront: { distribute }, functionLog: () => {}, log: () => {} };
    expect(startEdge([], surroundings)).toBe(origin);
  });
});
