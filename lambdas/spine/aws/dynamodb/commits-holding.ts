// Finds the commits that hold single events of many streams. Nearly every event starts its commit, so its name is the key of an
// item: those are read 100 at a time, and only what is not found that way is looked for in its stream.
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import { type Commit, eventId, lastVersion } from '../../kernel/envelope.ts';
import type { EventName } from '../../kernel/event-store.ts';
import { type Item, itemToCommit } from './commit-item.ts';
import { itemsOfKeys } from './items-of-keys.ts';

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
  const found = (await itemsOfKeys(client, tableName, keys, { ConsistentRead: true })).map(itemToCommit);
  for (const commit of found) named.delete(eventId(commit));
  const inside = await Promise.all([...named.values()].map((event) => commitAround(client, tableName, event)));
  const commits = [...found, ...inside.filter((commit) => commit !== undefined)];
  return [...new Map(commits.map((commit) => [eventId(commit), commit])).values()];
}

const keyOf = ({ stream, version }: EventName): Item => ({
  [eventTableKey.partition]: { S: stream },
  [eventTableKey.sort]: { N: String(version) },
});

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
