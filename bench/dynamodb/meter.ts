// Counts what a DynamoDB client asks for and what AWS would bill for it. It reads the items that a write touches before and after, by
// a client of its own, so a metered client is not one whose time is taken.
import {
  type DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  type GetItemCommandOutput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type QueryCommandOutput,
  type TransactWriteItemsCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { readUnits, TRANSACTION_FACTOR, writeUnits } from './capacity.ts';
import { type Item, itemBytes } from './item-size.ts';

export interface Cost {
  readonly requests: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

export interface Meter {
  /** What was consumed since the last call. */
  take(): Cost;
}

interface Place {
  readonly table: string | undefined;
  readonly key: Item;
}

/** @param keyNames the key attributes of every table that the client writes to */
export function meter(client: DynamoDBClient, probe: DynamoDBClient, keyNames: readonly string[]): Meter {
  let cost: Cost = nothing;
  const add = (more: Partial<Cost>) => {
    cost = sumOf(cost, { ...nothing, ...more });
  };
  const bytesAt = async ({ table, key }: Place): Promise<number> => {
    const { Item } = await probe.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item ? itemBytes(Item) : 0;
  };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        add({ requests: 1 });
        const written = placesWritten(commandName, args.input, keyNames);
        const before = await Promise.all(written.map(bytesAt));
        try {
          const result = await next(args);
          add({ readUnits: unitsRead(commandName, args.input, result.output) });
          return result;
        } finally {
          const after = await Promise.all(written.map(bytesAt));
          const units = before.map((bytes, at) => writeUnits(Math.max(bytes, after[at] ?? 0)));
          const factor = commandName === 'TransactWriteItemsCommand' ? TRANSACTION_FACTOR : 1;
          add({ writeUnits: factor * units.reduce((sum, unit) => sum + unit, 0) });
        }
      },
    { step: 'initialize' },
  );
  return {
    take: () => {
      const taken = cost;
      cost = nothing;
      return taken;
    },
  };
}

const nothing: Cost = { requests: 0, writeUnits: 0, readUnits: 0 };

export const sumOf = (one: Cost, other: Cost): Cost => ({
  requests: one.requests + other.requests,
  writeUnits: one.writeUnits + other.writeUnits,
  readUnits: one.readUnits + other.readUnits,
});

function placesWritten(name: string, input: object, keyNames: readonly string[]): readonly Place[] {
  const ofPut = ({ TableName, Item = {} }: Pick<PutItemCommandInput, 'TableName' | 'Item'>): Place => ({
    table: TableName,
    key: Object.fromEntries(Object.entries(Item).filter(([attribute]) => keyNames.includes(attribute))),
  });
  const ofUpdate = ({ TableName, Key = {} }: Pick<UpdateItemCommandInput, 'TableName' | 'Key'>): Place => ({
    table: TableName,
    key: Key,
  });
  switch (name) {
    case 'PutItemCommand':
      return [ofPut(input as PutItemCommandInput)];
    case 'UpdateItemCommand':
      return [ofUpdate(input as UpdateItemCommandInput)];
    case 'TransactWriteItemsCommand':
      return ((input as TransactWriteItemsCommandInput).TransactItems ?? []).flatMap(({ Put, Update }) => [
        ...(Put ? [ofPut(Put)] : []),
        ...(Update ? [ofUpdate(Update)] : []),
      ]);
    default:
      return [];
  }
}

/** @throws Error for a request whose price is not known here: better no figure than a wrong one */
function unitsRead(name: string, input: object, output: object): number {
  switch (name) {
    case 'PutItemCommand':
    case 'UpdateItemCommand':
    case 'TransactWriteItemsCommand':
      return 0;
    case 'GetItemCommand': {
      const { Item } = output as GetItemCommandOutput;
      return readUnits(Item ? itemBytes(Item) : 0, (input as GetItemCommandInput).ConsistentRead === true);
    }
    case 'QueryCommand': {
      const { Items = [], Count, ScannedCount } = output as QueryCommandOutput;
      const { ConsistentRead, ProjectionExpression } = input as QueryCommandInput;
      if (Count !== ScannedCount || ProjectionExpression)
        throw new Error('A query that leaves data out has no price here');
      return readUnits(
        Items.reduce((sum, item) => sum + itemBytes(item), 0),
        ConsistentRead === true,
      );
    }
    default:
      throw new Error(`${name} has no price here`);
  }
}
