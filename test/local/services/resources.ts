// Resources as the template's are after their references are resolved.
import type { Resource } from '../../../local/ports.ts';
import { arn } from '../../../local/template/account.ts';

const resource = (type: string, path: string, properties: Readonly<Record<string, unknown>>): Resource => ({
  path,
  stack: 'test',
  logicalId: path,
  type,
  properties,
});

const stringAttributes = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

const eventTableProperties = {
  KeySchema: [
    { AttributeName: 'stream', KeyType: 'HASH' },
    { AttributeName: 'version', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [...stringAttributes('stream'), { AttributeName: 'version', AttributeType: 'N' }],
};

/** A table with a change stream, keyed by `stream` and `version`. */
export const streamedTable = (name: string): Resource =>
  resource('AWS::DynamoDB::Table', name, {
    ...eventTableProperties,
    TableName: name,
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });

export const streamArn = (table: string): string => arn('dynamodb', `table/${table}/stream/2020-01-01T00:00:00.000`);

/** A table keyed by `partition`, with an index on `owner` unless another is given. */
export const plainTable = (name: string, partition = 'stream'): Resource =>
  resource('AWS::DynamoDB::Table', name, {
    TableName: name,
    KeySchema: [{ AttributeName: partition, KeyType: 'HASH' }],
    AttributeDefinitions: stringAttributes(partition, 'owner'),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-owner',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });

export const kinesisStream = (name: string, shards: number): Resource =>
  resource('AWS::Kinesis::Stream', name, { Name: name, ShardCount: shards });

export const queue = (name: string, properties: Readonly<Record<string, unknown>> = {}): Resource =>
  resource('AWS::SQS::Queue', name, { QueueName: name, ...properties });

export const mapping = (properties: Readonly<Record<string, unknown>>): Resource =>
  resource('AWS::Lambda::EventSourceMapping', 'mapping', properties);

export const secret = (name: string, properties: Readonly<Record<string, unknown>> = {}): Resource =>
  resource('AWS::SecretsManager::Secret', name, { Name: name, ...properties });
