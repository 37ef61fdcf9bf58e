import { expect, it } from 'vitest';
import { cloudFrontClient, cloudFrontEdgeCache } from '../../../lambdas/spine/aws/cloudfront/edge-cache.ts';
import { fakeAws } from '../../support/fake-aws.ts';

interface Answer {
  readonly status: number;
  readonly error: string;
}

const errorXml = (code: string) =>
  `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
const createdXml = `<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id><Status>InProgress</Status></Invalidation>`;

/** When no answer is prepared, it takes the invalidation. */
const { answers, requests } = fakeAws<Answer | 'nothing'>('CLOUDFRONT', (answer, response) => {
  if (answer === 'nothing') return void response.destroy();
  response
    .writeHead(answer?.status ?? 201, { 'content-type': 'text/xml' })
    .end(answer ? errorXml(answer.error) : createdXml);
});

let ids = 0;
const invalidate = (...tags: string[]) =>
  cloudFrontEdgeCache(cloudFrontClient(), 'E1', () => `call-${ids++}`).invalidate(tags);
const itemsOf = (body: string) => [...body.matchAll(/<Path>(.*?)<\/Path>/g)].map(([, item]) => item);
const referenceOf = (body: string) => /<CallerReference>(.*?)<\/CallerReference>/.exec(body)?.[1];

it('names the tags as tags, and each call by a name of its own', async () => {
  expect(await invalidate('order-1', 'products')).toEqual({ kind: 'created' });
  await invalidate('order-1');
  const [first, second] = requests;
  expect(first?.path).toBe('/2020-05-31/distribution/E1/invalidation');
  expect(first?.body).toContain('<Quantity>2</Quantity>');
  expect(itemsOf(first?.body ?? '')).toEqual(['#order-1', '#products']);
  expect(referenceOf(first?.body ?? '')).not.toBe(referenceOf(second?.body ?? ''));
});

it.each([
  { status: 400, error: 'TooManyInvalidationsInProgress' },
  { status: 403, error: 'AccessDenied' },
  { status: 404, error: 'NoSuchDistribution' },
  { status: 400, error: 'SomethingNew' },
])('says that CloudFront refused with $error, after one attempt', async (answer) => {
  answers.push(answer);
  expect(await invalidate('order-1')).toEqual({ kind: 'refused', code: answer.error });
  expect(requests).toHaveLength(1);
});

it('repeats a call that CloudFront throttled, by the same name', async () => {
  answers.push({ status: 400, error: 'Throttling' });
  expect(await invalidate('order-1')).toEqual({ kind: 'created' });
  const [first, second] = requests.map(({ body }) => referenceOf(body));
  expect([requests.length, second]).toEqual([2, first]);
});

it('says so when CloudFront keeps throttling', async () => {
  answers.push(...Array.from({ length: 3 }, () => ({ status: 400, error: 'Throttling' })));
  expect(await invalidate('order-1')).toEqual({ kind: 'refused', code: 'Throttling' });
  expect(requests).toHaveLength(3);
});

it.each([{ status: 500, error: 'InternalError' }, { status: 503, error: 'ServiceUnavailable' }, 'nothing' as const])(
  'throws, after one attempt, when it is not known whether CloudFront did it: %j',
  async (answer) => {
    answers.push(answer);
    await expect(invalidate('order-1')).rejects.toThrow();
    expect(requests).toHaveLength(1);
  },
);
