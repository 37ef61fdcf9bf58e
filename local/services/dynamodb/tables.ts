// Creates the template's tables, and checks that those kept from the last run still fit.
import {
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Resource } from '../../ports.ts';
import type { TableKey } from './key-schema.ts';
import { copyOf, copyRows, create, takeRowsBack } from './reindexing.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});
const tableProperties = z.object({
  TableName: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z.object({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES') }).optional(),
});
type TableProperties = z.infer<typeof tableProperties>;

const isTable = ({ type }: Resource): boolean =>
  type === 'AWS::DynamoDB::Table' || type === 'AWS::DynamoDB::GlobalTable';

/**
 * Creates the tables that are not there yet.
 *
 * @returns the keys of those with a change stream
 * Those kept from the last run get the template's indexes, with all their rows, as DynamoDB adds and drops indexes under its tables.
 * @throws Error that names the resource, for a property that is not known here or a kept table with another key
 */
export async function createTables(
  client: DynamoDBClient,
  resources: readonly Resource[],
): Promise<Map<string, TableKey>> {
  const streamed = new Map<string, TableKey>();
  for (const resource of resources.filter(isTable)) {
    const { data: table, error } = tableProperties.safeParse(resource.properties);
    if (error) throw new Error(`${resource.stack}/${resource.path}: ${z.prettifyError(error)}`);
    await createTable(client, table);
    if (table.StreamSpecification !== undefined) streamed.set(table.TableName, tableKey(table.KeySchema));
  }
  return streamed;
}

async function createTable(client: DynamoDBClient, { StreamSpecification, ...table }: TableProperties): Promise<void> {
  const wanted = { ...table, BillingMode: 'PAY_PER_REQUEST' } as CreateTableCommandInput;
  const interrupted = await describe(client, copyOf(table.TableName));
  const kept = await describe(client, table.TableName);
  const differs = kept !== undefined && shape(kept) !== shape(wanted);
  if (differs && (StreamSpecification !== undefined || keys(kept.KeySchema) !== keys(wanted.KeySchema)))
    throw new Error(
      `a kept table must have the template's keys, which cannot change: ${table.TableName} has ${shape(kept)} and should have ${shape(wanted)}; start empty with --fresh`,
    );
  if (differs) await copyRows(client, kept, interrupted);
  if (differs || kept === undefined) await create(client, wanted);
  if (differs || interrupted !== undefined) await takeRowsBack(client, table.TableName);
}

async function describe(client: DynamoDBClient, table: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Keys and indexes of a table, as a text to compare and to show: `stream+version, by-reader(reader+lentAt)`. */
function shape({
  KeySchema,
  GlobalSecondaryIndexes,
  LocalSecondaryIndexes,
}: CreateTableCommandInput | TableDescription): string {
  const indexes = [...(GlobalSecondaryIndexes ?? []), ...(LocalSecondaryIndexes ?? [])];
  return [keys(KeySchema), ...indexes.map((each) => `${each.IndexName}(${keys(each.KeySchema)})`).sort()].join(', ');
}

const keys = (schema: readonly KeySchemaElement[] | undefined): string =>
  (schema ?? []).map(({ AttributeName }) => AttributeName).join('+');

function tableKey(schema: TableProperties['KeySchema']): TableKey {
  const attribute = (type: 'HASH' | 'RANGE') => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const sort = attribute('RANGE');
  return { partition: attribute('HASH') ?? '', ...(sort !== undefined && { sort }) };
}
