// The sweeper of an application that declares one.
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { application } from '../../lambdas/spine/manifest/application.ts';
import { addShopParts } from '../../lib/shop/shop-parts.ts';
import { addApplicationStacks } from '../../lib/spine/stacks/application-stacks.ts';
import { settingsOf } from './deployment.ts';

function computeOf(stage: 'local' | 'prod'): Template {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const code = () => Code.fromInline('exports.handler = async () => undefined;');
  addApplicationStacks(app, { application: shop, extend: addShopParts, settings: settingsOf(stage), code });
  return Template.fromStack(app.node.findChild(`eventspine-${stage}-compute`) as Stack);
}

interface Statement {
  readonly Action: string | readonly string[];
}

describe('the sweeper', () => {
  const compute = computeOf('prod');
  const policies = Object.entries(compute.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('sweeper'));
  const actions = policies.flatMap(([, { Properties }]) =>
    (Properties.PolicyDocument.Statement as Statement[]).flatMap(({ Action }) => Action),
  );

  it('takes one part at a time from its queue, and as many at once as the stage says', () => {
    const mappings = Object.entries(compute.findResources('AWS::Lambda::EventSourceMapping'));
    const [mapping] = mappings.filter(([id]) => id.startsWith('sweeper')).map(([, { Properties }]) => Properties);
    expect(mapping).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 16 },
    });
  });

  it('may scan, and append to no stream', () => {
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:Scan', 'dynamodb:Query', 'sqs:ReceiveMessage']));
    expect(new Set(actions.filter((action) => action.startsWith('dynamodb:')))).toEqual(
      new Set(
        ['Query', 'Scan', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
          (name) => `dynamodb:${name}`,
        ),
      ),
    );
  });

  it('has an alarm on the parts that it could not work through', () => {
    const alarms = Object.keys(compute.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.filter((id) => id.startsWith('sweeperdeadletteralarm'))).toHaveLength(1);
  });
});

it('there is one sweeper at most', () => {
  const sweeper = { kind: 'sweeper', entry: 'a.ts' } as const;
  expect(() => application({ ...shop, functions: { ...shop.functions, another: sweeper } })).toThrow(
    'there must be one function of the kind sweeper at most, got 2',
  );
});
