import { describe, expect, it } from 'vitest';
import { localResources } from '../../../local/template/resources.ts';
import type { StackTemplate, TemplateResource } from '../../../local/template/stack-template.ts';

const endpoints = {
  dynamodb: 'http://127.0.0.1:1',
  kinesis: 'http://127.0.0.1:2',
  sqs: 'http://127.0.0.1:3',
  secretsManager: 'http://127.0.0.1:4',
  ses: 'http://127.0.0.1:5',
  cloudfront: 'http://127.0.0.1:6',
};

const stack = (name: string, resources: Record<string, TemplateResource>, outputs = {}): StackTemplate => ({
  stack: name,
  assemblyFolder: '/assembly',
  template: { Resources: resources, Outputs: outputs },
});

const at = (path: string) => ({ 'aws:cdk:path': path });

const state = stack(
  'state',
  {
    Queue: { Type: 'AWS::SQS::Queue', Metadata: at('state/order-detail/queue/Resource') },
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Metadata: at('state/events/table/Resource') },
    Key: { Type: 'AWS::KMS::Key', Metadata: at('state/key/Resource') },
  },
  { Exported: { Value: { Ref: 'Queue' }, Export: { Name: 'state:queue' } } },
);

const functionWith = (variables: Record<string, unknown>): StackTemplate =>
  stack('compute', {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: variables } },
      Metadata: { ...at('compute/relay/function/Resource'), 'aws:asset:path': 'asset.1' },
    },
    Role: { Type: 'AWS::IAM::Role', Metadata: at('compute/role/Resource') },
  });

const variableOf = (value: unknown): unknown => {
  const { resources } = localResources([state, functionWith({ X: value })], endpoints);
  const environment = resources.find(({ logicalId }) => logicalId === 'Function')?.properties['Environment'];
  return (environment as { Variables: Record<string, unknown> }).Variables['X'];
};

describe('the resources of the template', () => {
  it('have names that follow from their paths and stay the same from run to run', () => {
    const names = () => localResources([state], endpoints).resources.map(({ properties }) => properties);
    expect(names()).toEqual([{ QueueName: 'state-order-detail-queue' }, { TableName: 'state-events-table' }]);
    expect(names()).toEqual(names());
  });

  it('keep the names that the template gives', () => {
    const named = stack('s', {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mine' } },
      Other: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { to: { 'Fn::GetAtt': ['Queue', 'Arn'] } } } },
    });
    const [queue, other] = localResources([named], endpoints).resources;
    expect(queue?.properties['QueueName']).toBe('mine');
    expect(other?.properties['RedrivePolicy']).toEqual({ to: 'arn:aws:sqs:us-east-1:000000000000:mine' });
  });

  it('have names within the limit of their type, distinct where the paths are', () => {
    const long = 'x'.repeat(100);
    const queues = stack('s', {
      One: { Type: 'AWS::SQS::Queue', Metadata: at(`s/${long}1/Resource`) },
      Two: { Type: 'AWS::SQS::Queue', Metadata: at(`s/${long}2/Resource`) },
    });
    const [one, two] = localResources([queues], endpoints).resources.map(({ properties }) => properties['QueueName']);
    expect(String(one)).toHaveLength(80);
    expect(one).not.toBe(two);
  });

  it('carry their path without stack and Resource, and the absolute path of their asset', () => {
    const { resources } = localResources([functionWith({})], endpoints);
    expect(resources[0]).toMatchObject({ path: 'relay/function', stack: 'compute', assetPath: '/assembly/asset.1' });
  });

  it('refer to a queue of another stack by the URL of the local SQS', () => {
    const url = 'http://127.0.0.1:3/000000000000/state-order-detail-queue';
    expect(variableOf({ 'Fn::ImportValue': 'state:queue' })).toBe(url);
  });

  it('refer to a secret by its ARN, the same from run to run', () => {
    const secrets = stack('s', {
      Key: { Type: 'AWS::SecretsManager::Secret', Metadata: at('s/api/key/Resource') },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Ref: 'Key' }, { 'Fn::GetAtt': ['Key', 'Id'] }] } },
    });
    const tags = () => localResources([secrets], endpoints).resources[1]?.properties['Tags'];
    const arn = expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:s-api-key-[a-z0-9]{6}$/);
    expect(tags()).toEqual([arn, arn]);
    expect(tags()).toEqual(tags());
  });

  it('refer to a distribution, its function and its policies by ids that stay the same from run to run', () => {
    const edge = stack('edge', {
      Distribution: { Type: 'AWS::CloudFront::Distribution' },
      Headers: { Type: 'AWS::CloudFront::Function', Properties: { Name: 'headers' } },
      Private: { Type: 'AWS::CloudFront::CachePolicy' },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          Tags: [
            { Ref: 'Distribution' },
            { 'Fn::GetAtt': ['Distribution', 'DomainName'] },
            { 'Fn::GetAtt': ['Headers', 'FunctionARN'] },
            { Ref: 'Private' },
          ],
        },
      },
    });
    const tags = () => localResources([edge], endpoints).resources.at(-1)?.properties['Tags'];
    expect(tags()).toEqual([
      expect.stringMatching(/^E[0-9A-F]{13}$/),
      expect.stringMatching(/^d[0-9a-f]{13}\.cloudfront\.net$/),
      'arn:aws:cloudfront::000000000000:function/headers',
      'Private',
    ]);
    expect(tags()).toEqual(tags());
  });

  it('refer to the host name of an API by its id and by its address alike', () => {
    const byId = { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']] };
    const byAddress = { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }] };
    const api = stack('s', {
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Tags: [byId, byAddress] } },
    });
    const tags = localResources([api], endpoints).resources.at(-1)?.properties['Tags'];
    expect(tags).toEqual(Array(2).fill('Api.execute-api.us-east-1.amazonaws.com'));
  });

  it('may refer to what keeps watch at the edge and keeps its logs, which is not run', () => {
    const edge = stack('edge', {
      Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Name: 'rates' } },
      Logs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'logs' } },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: { Tags: [{ 'Fn::GetAtt': ['Acl', 'Arn'] }, { 'Fn::GetAtt': ['Logs', 'RegionalDomainName'] }] },
      },
    });
    const { resources, notRun } = localResources([edge], endpoints);
    expect(resources[0]?.properties['Tags']).toEqual([
      'arn:aws:wafv2:us-east-1:000000000000:global/webacl/rates/rates',
      'logs.s3.us-east-1.amazonaws.com',
    ]);
    expect([...notRun.keys()]).toEqual(['AWS::WAFv2::WebACL', 'AWS::S3::Bucket']);
  });

  it('know account, region and partition', () => {
    const value = {
      'Fn::Sub': `arn:\${AWS::Partition}:x:\${AWS::Region}:\${AWS::AccountId}:\${AWS::StackName}.\${AWS::URLSuffix}`,
    };
    expect(variableOf(value)).toBe('arn:aws:x:us-east-1:000000000000:compute.amazonaws.com');
  });

  it('are told apart from those without a local service, counted by type', () => {
    const { resources, notRun } = localResources([state, functionWith({})], endpoints);
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Queue', 'Table', 'Function']);
    expect(Object.fromEntries(notRun)).toEqual({ 'AWS::KMS::Key': 1, 'AWS::IAM::Role': 1 });
  });

  it.each([
    [
      'a resource that is not there',
      { Ref: 'Gone' },
      'compute/relay/function (AWS::Lambda::Function): compute has no resource Gone',
    ],
    [
      'an attribute that is not known',
      { 'Fn::GetAtt': ['Role', 'RoleId'] },
      'attribute RoleId of Role (AWS::IAM::Role) is not known',
    ],
    ['an export that no stack has', { 'Fn::ImportValue': 'state:gone' }, 'no stack exports state:gone'],
  ])('are refused with a reference to %s', (_name, value, message) => {
    expect(() => variableOf(value)).toThrow(message);
  });

  it('are refused with a reference to a type whose identity is not known', () => {
    const pool = { Type: 'AWS::Cognito::UserPool' };
    const queue = { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Ref: 'Pool' }] } };
    expect(() => localResources([stack('s', { Pool: pool, Queue: queue })], endpoints)).toThrow(
      's/Queue (AWS::SQS::Queue): the identity of a AWS::Cognito::UserPool (Pool) is not known here',
    );
  });

  it('are refused when they depend on a condition', () => {
    const conditional = stack('s', { Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' } });
    expect(() => localResources([conditional], endpoints)).toThrow('conditions are not known here: IsProd');
  });
});
