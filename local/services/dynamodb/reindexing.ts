// Gives a kept table other indexes, which dynalite cannot do under a table that stands: its rows wait in a copy while it is made anew.
// Killed at any instant, the next start goes on: until the table is gone its rows are whole there, and from then on in the copy.
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  type DynamoDBClient,
  paginateScan,
  type TableDescription,
  type WriteRequest,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';

/** Name of the table in which rows wait. */
export const copyOf = (table: string): string => `${table.slice(0, 200)}-waiting`;

const waiting = { minDelay: 0.02, maxDelay: 0.2, maxWaitTime: 10 };

export async function create(client: DynamoDBClient, table: CreateTableCommandInput): Promise<void> {
  await client.send(new CreateTableCommand(table));
  await waitUntilTableExists({ client, ...waiting }, { TableName: table.TableName });
}

async function remove(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists({ client, ...waiting }, { TableName });
}

/** Leaves the rows in the copy, and no table. @param interrupted the copy of a run that was killed, which may lack rows */
export async function copyRows(
  client: DynamoDBClient,
  { TableName: table = '', KeySchema = [], AttributeDefinitions = [] }: TableDescription,
  interrupted: TableDescription | undefined,
): Promise<void> {
  const copy = copyOf(table);
  if (interrupted) await remove(client, copy);
  const names = KeySchema.map(({ AttributeName }) => AttributeName);
  await create(client, {
    TableName: copy,
    KeySchema,
    AttributeDefinitions: AttributeDefinitions.filter(({ AttributeName }) => names.includes(AttributeName)),
    BillingMode: 'PAY_PER_REQUEST',
  });
  await pourRows(client, table, copy);
  await remove(client, table);
}

export async function takeRowsBack(client: DynamoDBClient, table: string): Promise<void> {
  await pourRows(client, copyOf(table), table);
  await remove(client, copyOf(table));
}

/** Most writes of a call (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html). */
const WRITES_IN_A_CALL = 25;

async function pourRows(client: DynamoDBClient, from: string, to: string): Promise<void> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from })) {
    const writes = Items.map((Item): WriteRequest => ({ PutRequest: { Item } }));
    for (let at = 0; at < writes.length; at += WRITES_IN_A_CALL) {
      let left: WriteRequest[] = writes.slice(at, at + WRITES_IN_A_CALL);
      while (left.length > 0) {
        const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [to]: left } }));
        left = UnprocessedItems?.[to] ?? [];
      }
    }
  }
}
