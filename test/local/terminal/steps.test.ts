import { expect, test } from 'vitest';
import { commitToItem } from '../../../lambdas/spine/aws/dynamodb/commit-item.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { showSteps } from '../../../local/terminal/steps.ts';

const commit = (stream: string, version: number, millis: number, events: Commit['events']): Commit => ({
  ...{
    stream,
    version,
    events,
    id: `${stream}-${version}`,
    actor: 'ada@example.com',
    correlationId: 'c-1',
    causationId: 'c-1',
  },
  time: new Date(millis).toISOString(),
});

test('a line for each event tells its stream, version and type, how long after its request it came, and nothing of its data', () => {
  const lines: string[] = [];
  const about = { 'product-ANVIL': 'order-01J' } as Readonly<Record<string, string>>;
  const show = showSteps((line) => lines.push(line), { subjectOf: ({ stream }) => about[stream] });
  const data = { orderId: '01J', customerId: 'ada', paymentToken: 'tok_ok', reason: 'because' };
  const stored = (type: string) => ({ type, schemaVersion: '1.0.0', data, personal: { email: 'ada@example.com' } });
  for (const each of [
    commit('order-01J', 1, 1_000, [stored('OrderPlaced')]),
    commit('product-ANVIL', 7, 1_040, [stored('StockReserved')]),
    commit('order-01J', 2, 1_212, [stored('OrderConfirmed'), stored('OrderShipped')]),
  ])
    show({ dynamodb: { NewImage: commitToItem(each) } } as never);
  expect(lines).toEqual([
    '    +0 ms  order-01J@1 OrderPlaced',
    '   +40 ms  product-ANVIL@7 StockReserved for order-01J',
    '  +212 ms  order-01J@2 OrderConfirmed',
    '  +212 ms  order-01J@3 OrderShipped',
  ]);
});
