// Reads items by their keys, 100 in a call.
import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetItemCommand, type DynamoDBClient, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { backoffMillis } from '../../kernel/backoff.ts';
import { EventspineError } from '../../kernel/errors.ts';
import type { Item } from './commit-item.ts';

/** Most keys of a call (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const KEYS_IN_A_CALL = 100;
/** A call may leave keys for the next one: when the table throttles, and beyond 16 MB, or 1 MB of a partition. */
const MAX_CALLS = 10;

/** DynamoDB kept leaving keys of a batch unread. */
export class UnreadKeysError extends EventspineError {
  readonly code = 'unread_keys';
}

type Reading = Omit<KeysAndAttributes, 'Keys'>;

/**
 * The items that are there, in no order: one `BatchGetItem` for each 100 keys, which must differ.
 * @throws UnreadKeysError
 */
export async function itemsOfKeys(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
  reading: Reading,
): Promise<Item[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / KEYS_IN_A_CALL) }, (_, index) =>
    keys.slice(index * KEYS_IN_A_CALL, (index + 1) * KEYS_IN_A_CALL),
  );
  return (await Promise.all(batches.map((batch) => readBatch(client, tableName, batch, reading)))).flat();
}

async function readBatch(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
  reading: Reading,
): Promise<Item[]> {
  const items: Item[] = [];
  let left = [...keys];
  for (let call = 1; left.length > 0; call += 1) {
    if (call > MAX_CALLS) throw new UnreadKeysError(`${left.length} keys were left unread in ${MAX_CALLS} calls`);
    if (call > 1) await wait(backoffMillis(call, Math.random()));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { ...reading, Keys: left } } }),
    );
    items.push(...(Responses?.[tableName] ?? []));
    left = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
}
