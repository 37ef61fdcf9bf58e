// What only DynamoDB itself would show: a read that is not strongly consistent may miss the newest writes.
import { expect, it } from 'vitest';
import { byCustomer } from '../../../lambdas/shop/orders/customer-orders.ts';
import { dynamoDbBudgetStore } from '../../../lambdas/spine/aws/dynamodb/budget-store.ts';
import { dynamoDbClient } from '../../../lambdas/spine/aws/dynamodb/client.ts';
import { dynamoDbEventStore } from '../../../lambdas/spine/aws/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../../lambdas/spine/aws/dynamodb/read-table.ts';
import { fakeAws } from '../../support/fake-aws.ts';

const { requests, answers } = fakeAws<object>('DYNAMODB', (answer, response) => {
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(JSON.stringify(answer ?? {}));
});

const asked = () => requests.map(({ body }) => JSON.parse(body));

it('reads streams strongly consistently, forward, backward and by the events that commits hold', async () => {
  const store = dynamoDbEventStore(dynamoDbClient(), 'events');
  await Array.fromAsync(store.readForward('order-1', 3));
  await Array.fromAsync(store.readBackward('order-1'));
  const [forward, backward] = asked();
  expect([forward, backward]).toMatchObject(Array(2).fill({ TableName: 'events', ConsistentRead: true }));
  await store.commitsHolding([{ stream: 'order-1', version: 3 }]);
  const [byKey, within] = asked().slice(2);
  expect(byKey).toMatchObject({ RequestItems: { events: { ConsistentRead: true } } });
  expect(within).toMatchObject({ TableName: 'events', ConsistentRead: true });
});

it('loads a stream newest first: two commits, then some, and then as much as a call gives', async () => {
  const key = { stream: { S: 'order-1' }, version: { N: '951' } };
  for (let page = 1; page <= 3; page += 1) answers.push({ Items: [], LastEvaluatedKey: key });
  await Array.fromAsync(dynamoDbEventStore(dynamoDbClient(), 'events').readBackward('order-1'));
  const further = { ScanIndexForward: false, ConsistentRead: true, ExclusiveStartKey: key };
  expect(asked()).toMatchObject([
    { ScanIndexForward: false, ConsistentRead: true, Limit: 2 },
    { ...further, Limit: 32 },
    further,
    further,
  ]);
  for (const request of asked().slice(2)) expect(request).not.toHaveProperty('Limit');
});

it('reads what is newer than a version as it reads all', async () => {
  await Array.fromAsync(dynamoDbEventStore(dynamoDbClient(), 'events').readBackward('order-1', 7));
  expect(asked()).toMatchObject([
    {
      KeyConditionExpression: '#stream = :stream AND #version > :after',
      ExpressionAttributeValues: { ':after': { N: '7' } },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: 2,
    },
  ]);
});

it('reads one commit at half the price, and strongly consistently where that is behind', async () => {
  await dynamoDbEventStore(dynamoDbClient(), 'events').commitWith({ stream: 'order-1', version: 3 });
  const one = { ScanIndexForward: false, Limit: 1, ExpressionAttributeValues: { ':version': { N: '3' } } };
  expect(asked()).toMatchObject([
    { ...one, ConsistentRead: false },
    { ...one, ConsistentRead: true },
  ]);
});

it('asks for the commit that stands where its own should have been written', async () => {
  const provenance = { time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'c' };
  const events = [{ type: 'T', schemaVersion: '1.0.0', data: {} }];
  await dynamoDbEventStore(dynamoDbClient(), 'events').append({
    ...{ ...provenance, events },
    ...{ stream: 'order-1', version: 1, id: 'c' },
  });
  expect(asked()).toMatchObject([
    { ConditionExpression: 'attribute_not_exists(#stream)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
  ]);
});

it('reads rows strongly consistently, but through an index, where DynamoDB cannot', async () => {
  const table = dynamoDbReadTable(dynamoDbClient(), 'rows', (stream) => `of ${stream}`);
  await table.get('order-1');
  await table.ofView('of order-1');
  await table.scan({ limit: 2 });
  await table.query(byCustomer, 'alice', { limit: 2 });
  const consistent = { TableName: 'rows', ConsistentRead: true };
  const key = { view: { S: 'of order-1' }, stream: { S: 'order-1' } };
  expect(asked()).toMatchObject([{ ...consistent, Key: key }, consistent, consistent, { IndexName: 'by-customer' }]);
  expect(asked()[3]).not.toHaveProperty('ConsistentRead');
});

it('reads a budget strongly consistently', async () => {
  await dynamoDbBudgetStore(dynamoDbClient(), 'budgets', 'edge').load();
  expect(asked()).toMatchObject([{ TableName: 'budgets', ConsistentRead: true }]);
});
