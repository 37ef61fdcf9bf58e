// The resource types that the template may refer to: which run on this machine, and what `Ref` and `Fn::GetAtt` of each are.
import type { Endpoints } from '../ports.ts';
import { secretArn } from '../services/secrets/secret-arn.ts';
import { accountId, arn, partition, region, urlSuffix } from './account.ts';
import { apiDomain, distributionDomain, distributionId } from './minted-names.ts';

type ValueOf = (name: string, endpoints: Endpoints) => string;

export interface ResourceType {
  /** Whether the local host has a service for it. */
  readonly runs: boolean;
  /** The property that holds the physical name. A resource without one goes by its logical id. */
  readonly nameProperty?: string;
  readonly maxNameLength: number;
  readonly ref: ValueOf;
  readonly attributes: Readonly<Record<string, ValueOf>>;
}

const itsName: ValueOf = (name) => name;
const queueUrl: ValueOf = (name, { sqs }) => `${sqs}/${accountId}/${name}`;

const table: ResourceType = {
  runs: true,
  nameProperty: 'TableName',
  maxNameLength: 255,
  ref: itsName,
  attributes: {
    Arn: (name) => arn('dynamodb', `table/${name}`),
    // On AWS the label is the time at which the stream was enabled. A fixed one stays the same from run to run.
    StreamArn: (name) => arn('dynamodb', `table/${name}/stream/2020-01-01T00:00:00.000`),
  },
};

const unnamed: ResourceType = { runs: true, maxNameLength: 255, ref: itsName, attributes: {} };

/** Named by an id, which here is the logical id. */
const identified: ResourceType = { ...unnamed, attributes: { Id: itsName } };

const functionArn: ValueOf = (name) => `arn:${partition}:cloudfront::${accountId}:function/${name}`;

export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Kinesis::Stream': {
    runs: true,
    nameProperty: 'Name',
    maxNameLength: 128,
    ref: itsName,
    attributes: { Arn: (name) => arn('kinesis', `stream/${name}`) },
  },
  'AWS::SQS::Queue': {
    runs: true,
    nameProperty: 'QueueName',
    maxNameLength: 80,
    ref: queueUrl,
    attributes: { Arn: (name) => arn('sqs', name), QueueName: itsName, QueueUrl: queueUrl },
  },
  'AWS::Lambda::Function': {
    runs: true,
    nameProperty: 'FunctionName',
    maxNameLength: 64,
    ref: itsName,
    attributes: { Arn: (name) => arn('lambda', `function:${name}`) },
  },
  'AWS::SecretsManager::Secret': {
    runs: true,
    nameProperty: 'Name',
    maxNameLength: 512,
    ref: secretArn,
    attributes: { Id: secretArn },
  },
  // SES on this machine sends from any identity.
  'AWS::SES::EmailIdentity': {
    runs: true,
    nameProperty: 'EmailIdentity',
    maxNameLength: 320,
    ref: itsName,
    attributes: {},
  },
  'AWS::Lambda::EventSourceMapping': unnamed,
  'AWS::Events::Rule': { ...unnamed, attributes: { Arn: (name) => arn('events', `rule/${name}`) } },
  'AWS::ApiGatewayV2::Api': {
    ...unnamed,
    attributes: { ApiId: itsName, ApiEndpoint: (name) => `https://${apiDomain(name)}` },
  },
  'AWS::ApiGatewayV2::Authorizer': unnamed,
  'AWS::ApiGatewayV2::Integration': unnamed,
  'AWS::ApiGatewayV2::Route': unnamed,
  'AWS::CloudFront::Distribution': {
    ...unnamed,
    ref: distributionId,
    attributes: { Id: distributionId, DomainName: distributionDomain },
  },
  'AWS::CloudFront::CachePolicy': identified,
  'AWS::CloudFront::OriginRequestPolicy': identified,
  'AWS::CloudFront::ResponseHeadersPolicy': identified,
  'AWS::CloudFront::Function': {
    runs: true,
    nameProperty: 'Name',
    maxNameLength: 64,
    ref: functionArn,
    attributes: { FunctionARN: functionArn },
  },
  'AWS::IAM::Role': {
    runs: false,
    nameProperty: 'RoleName',
    maxNameLength: 64,
    ref: itsName,
    attributes: { Arn: (name) => `arn:${partition}:iam::${accountId}:role/${name}` },
  },
  'AWS::Logs::LogGroup': {
    runs: false,
    nameProperty: 'LogGroupName',
    maxNameLength: 512,
    ref: itsName,
    attributes: { Arn: (name) => arn('logs', `log-group:${name}:*`) },
  },
  'AWS::S3::Bucket': {
    runs: false,
    nameProperty: 'BucketName',
    maxNameLength: 63,
    ref: itsName,
    attributes: {
      Arn: (name) => `arn:${partition}:s3:::${name}`,
      DomainName: (name) => `${name}.s3.${urlSuffix}`,
      RegionalDomainName: (name) => `${name}.s3.${region}.${urlSuffix}`,
    },
  },
  'AWS::CertificateManager::Certificate': {
    runs: false,
    maxNameLength: 255,
    ref: (name) => arn('acm', `certificate/${name}`),
    attributes: {},
  },
  'AWS::WAFv2::WebACL': {
    runs: false,
    nameProperty: 'Name',
    maxNameLength: 128,
    ref: itsName,
    attributes: { Arn: (name) => arn('wafv2', `global/webacl/${name}/${name}`) },
  },
  'AWS::KMS::Key': {
    runs: false,
    maxNameLength: 255,
    ref: itsName,
    attributes: { Arn: (name) => arn('kms', `key/${name}`) },
  },
};
