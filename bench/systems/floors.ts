// What no command can be faster than: the bare requests, with an item as large as a commit of one event.
import { randomUUID } from 'node:crypto';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { createEventTable } from '../../test/contract/support/tables.ts';

export interface Floor {
  readonly name: string;
  /** One command's worth of requests, on a stream of its own. */
  run(client: DynamoDB, stream: string): Promise<void>;
}

const TABLE = 'floor';
/** Beside the keys, as in a commit of one event. */
const TEXT = 'x'.repeat(400);

export const createFloorTable = (client: DynamoDB): Promise<void> => createEventTable(client, TABLE);

const put = async (client: DynamoDB, stream: string): Promise<void> => {
  await client.putItem({
    TableName: TABLE,
    Item: { stream: { S: `${stream}-${randomUUID()}` }, version: { N: '1' }, text: { S: TEXT } },
    ConditionExpression: 'attribute_not_exists(#stream)',
    ExpressionAttributeNames: { '#stream': 'stream' },
  });
};

const query = async (client: DynamoDB, stream: string): Promise<void> => {
  await client.query({
    TableName: TABLE,
    KeyConditionExpression: '#stream = :stream',
    ExpressionAttributeNames: { '#stream': 'stream' },
    ExpressionAttributeValues: { ':stream': { S: stream } },
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: 1,
  });
};

export const barePut: Floor = { name: 'PutItem', run: put };

export const bareQueryAndPut: Floor = {
  name: 'Query + PutItem',
  async run(client, stream) {
    await query(client, stream);
    await put(client, stream);
  },
};
