import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { readModels, shop } from '../../lambdas/shop/shop.ts';
import { subscriptionsOf } from '../../lambdas/spine/manifest/subscriptions.ts';
import { ComputeStack } from '../../lib/spine/stacks/compute-stack.ts';
import { StateStack } from '../../lib/spine/stacks/state-stack.ts';
import { deploymentOf, settingsOf } from './deployment.ts';

const subscriptions = subscriptionsOf(shop);

const dev = deploymentOf('dev');

function countsWith(definitions: typeof readModels): Record<string, number> {
  const settings = settingsOf('dev');
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const application = { ...shop, readModels: definitions };
  const state = new StateStack(app, 'state', { application, settings });
  const compute = new ComputeStack(app, 'compute', { application, settings, state, code: () => Code.fromInline('0') });
  const counts: Record<string, number> = {};
  for (const stack of [state, compute]) {
    for (const { Type } of Object.values<{ Type: string }>(Template.fromStack(stack).toJSON()['Resources'])) {
      counts[Type] = (counts[Type] ?? 0) + 1;
    }
  }
  return counts;
}

describe('read models', () => {
  it('one projection more gives a table, two queues, a function with role and logs, a mapping and seven alarms', () => {
    const [projection] = readModels;
    if (projection === undefined) throw new Error('There must be a projection.');
    const before = countsWith(readModels);
    const after = countsWith([...readModels, { ...projection, name: 'one-more' }]);
    const added = Object.entries(after).map(([type, count]) => [type, count - (before[type] ?? 0)] as const);
    expect(Object.fromEntries(added.filter(([, count]) => count !== 0))).toEqual({
      'AWS::DynamoDB::GlobalTable': 1,
      'AWS::SQS::Queue': 2,
      'AWS::SQS::QueuePolicy': 2,
      'AWS::Lambda::Function': 1,
      'AWS::IAM::Role': 1,
      'AWS::IAM::Policy': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::Lambda::EventSourceMapping': 1,
      'AWS::CloudWatch::Alarm': 7,
    });
  });

  it.each(readModels.map((projection) => [projection.name, projection] as const))(
    'the table of %s has one row a stream, under its view, and the indexes of its definition, with all attributes but where it is for counting',
    (name, { indexes }) => {
      const { properties } = dev.at(`${name}/table`);
      expect(properties['KeySchema']).toEqual([
        { AttributeName: 'view', KeyType: 'HASH' },
        { AttributeName: 'stream', KeyType: 'RANGE' },
      ]);
      expect(properties['GlobalSecondaryIndexes'] ?? []).toEqual(
        indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.partitionKey, KeyType: 'HASH' },
            { AttributeName: index.sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: index.keysOnly === true ? 'KEYS_ONLY' : 'ALL' },
          WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 500 },
        })),
      );
    },
  );

  it.each(['OrderDetail', 'order_detail', '-order', ''])('a projection cannot be called "%s"', (name) => {
    const [projection] = readModels;
    if (projection === undefined) throw new Error('There must be a projection.');
    expect(() => countsWith([{ ...projection, name }])).toThrow(`must be in kebab case, got "${name}"`);
  });

  it('every subscription of the code has a queue that the fan-out can send to', () => {
    const { Environment } = dev.at('fan-out/function').properties;
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    const queues = Object.entries(Variables)
      .filter(([name]) => name.startsWith('QUEUE_URL_'))
      .map(([name, value]) => [name, dev.target(value)]);
    expect(queues).toEqual(
      subscriptions.map(({ name }) => [`QUEUE_URL_${name.toUpperCase().replaceAll('-', '_')}`, `${name}/queue`]),
    );
    expect(JSON.parse(String(Variables['SUBSCRIPTIONS']))).toEqual(subscriptions);
  });
});
