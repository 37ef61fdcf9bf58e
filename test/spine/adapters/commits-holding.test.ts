// A batch that DynamoDB answers in part is asked for again, what is left of it alone.
import { expect, it } from 'vitest';
import { dynamoDbClient } from '../../../lambdas/spine/aws/dynamodb/client.ts';
import { commitToItem } from '../../../lambdas/spine/aws/dynamodb/commit-item.ts';
import { commitsHolding } from '../../../lambdas/spine/aws/dynamodb/commits-holding.ts';
import { eventId } from '../../../lambdas/spine/kernel/envelope.ts';
import { fakeAws } from '../../support/fake-aws.ts';

interface Answer {
  /** SKUs whose commits it gives. */
  readonly found: readonly string[];
  /** SKUs that it leaves for the next call. */
  readonly left: readonly string[];
}

const keyOf = (sku: string) => ({ stream: { S: `product-${sku}` }, version: { N: '1' } });
const itemOf = (sku: string) =>
  commitToItem({
    ...{ stream: `product-${sku}`, version: 1, id: sku, time: '2026-01-01T00:00:00.000Z' },
    ...{ correlationId: 'c', causationId: 'x' },
    events: [{ type: 'T', schemaVersion: '1.0.0', data: {} }],
  });

/** Leaves everything where no answer is prepared. */
const dynamoDb = fakeAws<Answer>('DYNAMODB', ({ found, left } = { found: [], left: ['A'] }, response) => {
  const UnprocessedKeys = left.length > 0 ? { events: { Keys: left.map(keyOf), ConsistentRead: true } } : {};
  const body = { Responses: { events: found.map(itemOf) }, UnprocessedKeys };
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
});

const find = (...skus: string[]) =>
  commitsHolding(
    dynamoDbClient(),
    'events',
    skus.map((sku) => ({ stream: `product-${sku}`, version: 1 })),
  );
const asked = () => dynamoDb.requests.map(({ body }) => JSON.parse(body).RequestItems.events);

it('reads consistently, and asks again for the keys that were left', async () => {
  dynamoDb.answers.push({ found: ['A'], left: ['B', 'C'] }, { found: ['C', 'B'], left: [] });
  const commits = await find('A', 'B', 'C');
  expect(commits.map(eventId).sort()).toEqual(['product-A@1', 'product-B@1', 'product-C@1']);
  expect(asked()).toEqual([
    { Keys: ['A', 'B', 'C'].map(keyOf), ConsistentRead: true },
    { Keys: ['B', 'C'].map(keyOf), ConsistentRead: true },
  ]);
});

it('gives up on keys that are left again and again', async () => {
  await expect(find('A')).rejects.toMatchObject({ code: 'unread_keys' });
  expect(dynamoDb.requests).toHaveLength(10);
});
