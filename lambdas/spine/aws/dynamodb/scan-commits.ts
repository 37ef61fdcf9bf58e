// Reads the whole event table page by page, the commits of a stream one after the other.
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import { defectOf } from '../../kernel/audit/defect.ts';
import type { Defect } from '../../kernel/audit/progress.ts';
import type { ScanPage, ScanPosition } from '../../kernel/audit/scan.ts';
import type { Commit } from '../../kernel/envelope.ts';
import { type Item, itemToCommit } from './commit-item.ts';

/** Eventually consistent, at half the price: what it does not see is recent. A page has 1 MB at most, 128 units. */
export const scanCommits =
  (client: DynamoDBClient, tableName: string) =>
  async (after: ScanPosition | undefined): Promise<ScanPage> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: tableName, ...(after && { ExclusiveStartKey: keyOf(after) }) }),
    );
    const commits: Commit[] = [];
    const unreadable: Defect[] = [];
    for (const item of Items) {
      try {
        commits.push(itemToCommit(item));
      } catch (error) {
        unreadable.push(defectOf(positionOf(item), error));
      }
    }
    return { commits, unreadable, end: LastEvaluatedKey && positionOf(LastEvaluatedKey) };
  };

const keyOf = ({ stream, version }: ScanPosition): Item => ({
  [eventTableKey.partition]: { S: stream },
  [eventTableKey.sort]: { N: String(version) },
});

const positionOf = (item: Item): ScanPosition => ({
  stream: item[eventTableKey.partition]?.S ?? '',
  version: Number(item[eventTableKey.sort]?.N),
});
