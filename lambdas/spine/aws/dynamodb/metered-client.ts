// Counts the capacity units that a client's calls take, as DynamoDB tells them with each answer.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Units } from '../../kernel/sweep/pace.ts';

interface Capacity {
  readonly CapacityUnits?: number;
}

const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand']);

/**
 * Adds the counting to a client. A write whose condition failed is answered with an error, and not counted.
 * @returns what its calls took from then on, those of indexes too
 */
export function meter(client: DynamoDBClient): () => Units {
  const units = { read: 0, write: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (call) => {
        const result = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity = [] } = result.output as { ConsumedCapacity?: Capacity | readonly Capacity[] };
        const kind = writes.has(commandName) ? 'write' : 'read';
        for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) units[kind] += CapacityUnits;
        return result;
      },
    { step: 'initialize', name: 'meter' },
  );
  return () => ({ ...units });
}
