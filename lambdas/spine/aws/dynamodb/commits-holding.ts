// Finds the commits that hold single events of many streams. Nearly every event starts its commit, so its name is the key of an
// item: those are read 100 at a time, and only what is not found that way is looked for in its stream.
import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import { backoffMillis } from '../../kernel/backoff.ts';
import { type Commit, eventId, lastVersion } from '../../kernel/envelope.ts';
import { EventspineError } from '../../kernel/errors.ts';
import type { EventName } from '../../kernel/event-store.ts';
import { type Item, itemToCommit } from './commit-item.ts';

/** Most keys of a call (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const KEYS_IN_A_CALL = 100;
/** A call may leave keys for the next one: when the table throttles, and beyond 16 MB, or 1 MB of a partition. */
const MAX_CALLS = 10;

/** DynamoDB kept leaving keys of a batch unread. */
export class UnreadKeysError extends EventspineError {
  readonly code = 'unread_keys';
}

/**
 * One `BatchGetItem` for each 100 events, and one `Query` for each event that does not start its commit.
 * @throws UnreadKeysError
 */
export async function commitsHolding(
  client: DynamoDBClient,
  tableName: string,
  events: readonly EventName[],
): Promise<readonly Commit[]> {
  const named = new Map(events.map((event) => [eventId(event), event]));
  const keys = [...named.values()].map(keyOf);
  const batches = Array.from({ length: Math.ceil(keys.length / KEYS_IN_A_CALL) }, (_, index) =>
    keys.slice(index * KEYS_IN_A_CALL, (index + 1) * KEYS_IN_A_CALL),
  );
  const found = (await Promise.all(batches.map((batch) => readBatch(client, tableName, batch)))).flat();
  for (const commit of found) named.delete(eventId(commit));
  const inside = await Promise.all([...named.values()].map((event) => commitAround(client, tableName, event)));
  const commits = [...found, ...inside.filter((commit) => commit !== undefined)];
  return [...new Map(commits.map((commit) => [eventId(commit), commit])).values()];
}

const keyOf = ({ stream, version }: EventName): Item => ({
  [eventTableKey.partition]: { S: stream },
  [eventTableKey.sort]: { N: String(version) },
});

async function readBatch(client: DynamoDBClient, tableName: string, keys: readonly Item[]): Promise<Commit[]> {
  const items: Item[] = [];
  let left = [...keys];
  for (let call = 1; left.length > 0; call += 1) {
    if (call > MAX_CALLS) throw new UnreadKeysError(`${left.length} keys were left unread in ${MAX_CALLS} calls`);
    if (call > 1) await wait(backoffMillis(call, Math.random()));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } }),
    );
    items.push(...(Responses?.[tableName] ?? []));
    left = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items.map(itemToCommit);
}

/** The commit that began before the event, if it reaches as far. */
async function commitAround(
  client: DynamoDBClient,
  tableName: string,
  { stream, version }: EventName,
): Promise<Commit | undefined> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#stream = :stream AND #version < :version',
      ExpressionAttributeNames: { '#stream': eventTableKey.partition, '#version': eventTableKey.sort },
      ExpressionAttributeValues: { ':stream': { S: stream }, ':version': { N: String(version) } },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  const [commit] = Items.map(itemToCommit);
  return commit && lastVersion(commit) >= version ? commit : undefined;
}
