import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { InvalidationItem } from '../../../local/edge/invalidation.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { startCloudFront } from '../../../local/services/cloudfront/start.ts';

const distributionId = 'E0123456789ABC';

async function start() {
  const cloudFront = await startCloudFront();
  const client = new CloudFrontClient({ ...clientSettings(cloudFront.endpoint), maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await cloudFront.stop();
  });
  const invalidated: InvalidationItem[] = [];
  cloudFront.distribute(distributionId, (items) => invalidated.push(...items));
  const create = (items: string[], { reference = 'first', quantity = items.length, id = distributionId } = {}) =>
    client.send(
      new CreateInvalidationCommand({
        DistributionId: id,
        InvalidationBatch: { CallerReference: reference, Paths: { Quantity: quantity, Items: items } },
      }),
    );
  return { cloudFront, client, create, invalidated };
}

describe('an invalidation', () => {
  it('is carried out when it is answered, and found again', async () => {
    const { client, create, invalidated } = await start();
    const items = ['#Order-7', '/products*', 'health', "/orders/7?a=<1>&b='2'"];
    const { Location, Invalidation } = await create(items);
    expect(invalidated).toEqual([
      { kind: 'tag', tag: 'order-7' },
      { kind: 'path', path: '/products', isPrefix: true },
      { kind: 'path', path: '/health', isPrefix: false },
      { kind: 'path', path: "/orders/7?a=<1>&b='2'", isPrefix: false },
    ]);
    expect(Invalidation).toEqual({
      Id: expect.stringMatching(/^I[0-9A-Z]{13}$/),
      Status: 'Completed',
      CreateTime: expect.any(Date),
      InvalidationBatch: { CallerReference: 'first', Paths: { Quantity: 4, Items: items } },
    });
    expect(Location).toBe(`/2020-05-31/distribution/${distributionId}/invalidation/${Invalidation?.Id}`);
    const found = await client.send(
      new GetInvalidationCommand({ DistributionId: distributionId, Id: Invalidation?.Id }),
    );
    expect(found.Invalidation).toEqual(Invalidation);
  });

  it('of one item is one all the same', async () => {
    const { create, invalidated } = await start();
    await create(['#order-7']);
    expect(invalidated).toEqual([{ kind: 'tag', tag: 'order-7' }]);
  });

  it('is the first one again when its reference comes with the same items, and carried out once', async () => {
    const { create, invalidated } = await start();
    const first = await create(['#a', '#b']);
    const second = await create(['#b', '#a']);
    expect(second.Invalidation?.Id).toBe(first.Invalidation?.Id);
    expect(invalidated).toHaveLength(2);
    await create(['#a', '#b'], { reference: 'second' });
    expect(invalidated).toHaveLength(4);
  });

  it('is found by the client that a function makes, which knows the endpoint from its environment', async () => {
    const { cloudFront } = await start();
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFRONT', cloudFront.endpoint);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { endpoint: _, ...settings } = clientSettings(cloudFront.endpoint);
    const client = new CloudFrontClient({ ...settings, maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    const finding = client.send(new GetInvalidationCommand({ DistributionId: distributionId, Id: 'I0' }));
    await expect(finding).rejects.toMatchObject({ name: 'NoSuchInvalidation', $metadata: { httpStatusCode: 404 } });
  });

  it.each([
    ['of a distribution that is not in the template', { id: 'E9' }, ['/x'], 'NoSuchDistribution', 404],
    ['with a reference of other items', {}, ['#other'], 'InvalidationBatchAlreadyExists', 400],
    ['of another quantity', { reference: 'x', quantity: 2 }, ['/x'], 'InconsistentQuantities', 400],
    ['without items', { reference: 'x' }, [], 'InvalidArgument', 400],
    ['with a bad item', { reference: 'x' }, ['/fine', '/not fine'], 'InvalidArgument', 400],
    ['of too many items', { reference: 'x' }, Array(3001).fill('/x'), 'BatchTooLarge', 413],
  ])('%s is refused, and nothing of it carried out', async (_name, options, items, name, status) => {
    const { create, invalidated } = await start();
    await create(['/first']);
    const refused = create(items, options);
    await expect(refused).rejects.toMatchObject({ name, $fault: 'client', $metadata: { httpStatusCode: status } });
    expect(invalidated).toHaveLength(1);
  });

  it('cannot be listed: that operation is not known here', async () => {
    const { client } = await start();
    const listing = client.send(new ListInvalidationsCommand({ DistributionId: distributionId }));
    await expect(listing).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: expect.stringContaining('is not known here'),
    });
  });
});
