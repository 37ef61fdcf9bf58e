// What audits remember and tell, in the table of operations.
import { createHash } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { operationsTableKey } from '../../bindings/tables.ts';
import type { Audit, AuditStore, Control } from '../../kernel/audit/state.ts';
import { countNames, noCounts, type Reported } from '../../kernel/audit/tally.ts';
import { ifConditionHolds } from './conditional-check.ts';

const { partition, sort, expiry } = operationsTableKey;
const keyOf = (subject: string, item: string) => ({ [partition]: subject, [sort]: item });
const auditKey = (auditId: string) => keyOf(`audit#${auditId}`, 'audit');
const CONTROL = keyOf('audits', 'control');
const LATEST = keyOf('audits', 'latest');
const SHARDS = 'audited-shards';

const DAY_IN_SECONDS = 86_400;
/** How long an audit can be looked at. */
const KEPT_IN_SECONDS = 30 * DAY_IN_SECONDS;
/** A shard is listed for a day after its last record. */
const SHARD_KEPT_IN_SECONDS = 7 * DAY_IN_SECONDS;
/** What an operator needs to find the cause. */
const MOST_REPORTED = 100;

const REPORTED = 'reported#';
/** A sort key has 1,024 bytes at most, fewer than a stream's name may have. */
const reportedItem = ({ subscriber, stream, version }: Reported): string =>
  REPORTED +
  createHash('sha256')
    .update(JSON.stringify([subscriber, stream, version]))
    .digest('hex');

const plain = { removeUndefinedValues: true };

export function dynamoDbAuditStore(client: DynamoDBClient, TableName: string, now: () => Date): AuditStore {
  const expiresAfter = (seconds: number) => ({ [expiry]: Math.ceil(now().getTime() / 1_000) + seconds });
  const get = async (key: Record<string, string>) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: marshall(key), ConsistentRead: true }));
    return Item && unmarshall(Item);
  };
  const put = (item: Record<string, unknown>) =>
    client.send(new PutItemCommand({ TableName, Item: marshall(item, plain) }));
  const find = async (auditId: string): Promise<Audit | undefined> => {
    const item = await get(auditKey(auditId));
    return item && toAudit(item);
  };
  return {
    find,
    async control() {
      const item = await get(CONTROL);
      if (item === undefined) return undefined;
      const { [partition]: _, [sort]: __, ...control } = item;
      return control as Control;
    },
    async saveControl(control) {
      const saved = await ifConditionHolds(() =>
        client.send(
          new PutItemCommand({
            TableName,
            Item: marshall({ ...CONTROL, ...control }, plain),
            ConditionExpression: 'attribute_not_exists(#subject) OR #revision = :before',
            ExpressionAttributeNames: { '#subject': partition, '#revision': 'revision' },
            ExpressionAttributeValues: marshall({ ':before': control.revision - 1 }),
          }),
        ),
      );
      return saved ? 'saved' : 'conflict';
    },
    positions: {
      async all() {
        const pages = paginateQuery({ client }, { TableName, ConsistentRead: true, ...ofSubject(SHARDS) });
        const items = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items.map((item) => unmarshall(item)));
        return new Map(items.map((item) => [item[sort], item['position']]));
      },
      async put(shard, position) {
        await put({ ...keyOf(SHARDS, shard), position, ...expiresAfter(SHARD_KEPT_IN_SECONDS) });
      },
    },
    async begin({ auditId, ...audit }) {
      const Item = marshall({
        ...auditKey(auditId),
        ...{ auditId, ...audit, state: 'running' },
        ...noCounts,
        ...expiresAfter(KEPT_IN_SECONDS),
      });
      await ifConditionHolds(() =>
        client.send(
          new PutItemCommand({
            TableName,
            Item,
            ConditionExpression: 'attribute_not_exists(#subject)',
            ExpressionAttributeNames: { '#subject': partition },
          }),
        ),
      );
    },
    async add(auditId, { counts, reported }) {
      const added = await ifConditionHolds(() =>
        client.send(
          new UpdateItemCommand({
            TableName,
            Key: marshall(auditKey(auditId)),
            UpdateExpression: `ADD ${countNames.map((name) => `#${name} :${name}`).join(', ')}`,
            ConditionExpression: 'attribute_exists(#subject)',
            ExpressionAttributeNames: {
              '#subject': partition,
              ...Object.fromEntries(countNames.map((name) => [`#${name}`, name])),
            },
            ExpressionAttributeValues: marshall(
              Object.fromEntries(countNames.map((name) => [`:${name}`, counts[name]])),
            ),
          }),
        ),
      );
      if (added === undefined) return;
      for (const each of reported.slice(0, MOST_REPORTED)) {
        await put({ ...keyOf(`audit#${auditId}`, reportedItem(each)), ...each, ...expiresAfter(KEPT_IN_SECONDS) });
      }
      await put({ ...LATEST, auditId });
    },
    async end(auditId, state, endedAt) {
      await ifConditionHolds(() =>
        client.send(
          new UpdateItemCommand({
            TableName,
            Key: marshall(auditKey(auditId)),
            UpdateExpression: 'SET #state = :state, #endedAt = :endedAt',
            ConditionExpression: '#state = :running',
            ExpressionAttributeNames: { '#state': 'state', '#endedAt': 'endedAt' },
            ExpressionAttributeValues: marshall({ ':state': state, ':endedAt': endedAt, ':running': 'running' }),
          }),
        ),
      );
    },
    async latest() {
      const pointer = await get(LATEST);
      return pointer && find(pointer['auditId']);
    },
    async reported(auditId) {
      const { ExpressionAttributeNames, ExpressionAttributeValues } = ofSubject(`audit#${auditId}`);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: '#subject = :subject AND begins_with(#item, :reported)',
          ExpressionAttributeNames: { ...ExpressionAttributeNames, '#item': sort },
          ExpressionAttributeValues: { ...ExpressionAttributeValues, ':reported': { S: REPORTED } },
          Limit: MOST_REPORTED,
        }),
      );
      return Items.map((item) => {
        const { [partition]: _, [sort]: __, [expiry]: ___, ...reported } = unmarshall(item);
        return reported as Reported;
      });
    },
  };
}

const ofSubject = (subject: string) => ({
  KeyConditionExpression: '#subject = :subject',
  ExpressionAttributeNames: { '#subject': partition },
  ExpressionAttributeValues: { ':subject': { S: subject } },
});

function toAudit(item: Record<string, unknown>): Audit {
  const { auditId, scope, state, startedAt, endedAt } = item as unknown as Audit;
  const counts = Object.fromEntries(countNames.map((name) => [name, item[name] ?? 0])) as Audit['counts'];
  return { auditId, scope, state, counts, startedAt, ...(endedAt !== undefined && { endedAt }) };
}
