// Counts what a DynamoDB client asks for, and what it pays.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface Call {
  /** `QueryCommand` */
  readonly name: string;
  /** Capacity units of the table and its indexes; 0 for a call that failed. */
  readonly units: number;
}

/** @returns the calls from here on; whoever empties it begins anew */
export function countCalls(client: DynamoDBClient): Call[] {
  const calls: Call[] = [];
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = context.commandName ?? '';
      const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' };
      try {
        const result = await next({ ...args, input });
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Capacity | Capacity[] };
        const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        calls.push({ name, units });
        return result;
      } catch (error) {
        calls.push({ name, units: 0 });
        throw error;
      }
    },
    { step: 'initialize' },
  );
  return calls;
}

interface Capacity {
  readonly CapacityUnits?: number;
}
