// Rebuilds on DynamoDB: one item a job with all its segments, so that a checkpoint is one write that also says whether the job still
// runs; and one item for each read model that is being rebuilt.
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { operationsTableKey } from '../../bindings/tables.ts';
import type { RebuildJob, RebuildJobs, Running, SegmentProgress } from '../../kernel/sweep/rebuild-job.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';

const keyOf = (subject: string, item: string) =>
  marshall({ [operationsTableKey.partition]: subject, [operationsTableKey.sort]: item });
const jobKey = (id: string) => keyOf(`rebuild#${id}`, 'job');
const lockKey = (readModel: string) => keyOf(`rebuilding#${readModel}`, 'lock');

/** How long an ended job can be looked at. */
const KEPT_IN_SECONDS = 30 * 24 * 60 * 60;
/** A lock without its job was left by a process that died between the two. */
const JOB_FOLLOWS_WITHIN_MILLIS = 60_000;

const plain = { removeUndefinedValues: true };

export function dynamoDbRebuildJobs(client: DynamoDBClient, tableName: string): RebuildJobs {
  const load = async (id: string): Promise<RebuildJob | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: jobKey(id), ConsistentRead: true }),
    );
    return Item && toJob(unmarshall(Item));
  };
  /** @returns whether it took effect */
  const update = async (id: string, changes: Omit<ConditionalUpdate, 'TableName' | 'Key'>) =>
    ifConditionHolds(async () => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({ TableName: tableName, Key: jobKey(id), ReturnValues: 'ALL_NEW', ...changes }),
      );
      return toJob(unmarshall(Attributes ?? {}));
    });
  const lock = (readModel: string, id: string, standing: string | undefined) =>
    ifConditionHolds(async () => {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: { ...lockKey(readModel), ...marshall({ job: id, lockedAt: Date.now() }) },
          ConditionExpression: standing === undefined ? 'attribute_not_exists(#subject)' : '#job = :standing',
          ExpressionAttributeNames:
            standing === undefined ? { '#subject': operationsTableKey.partition } : { '#job': 'job' },
          ...(standing !== undefined && { ExpressionAttributeValues: marshall({ ':standing': standing }) }),
        }),
      );
      return true as const;
    });
  /** The job that holds the lock, maybe for nothing: it ended, or was never kept. */
  const holderOf = async (readModel: string): Promise<{ id: string; isLeft: boolean } | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: lockKey(readModel), ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    const { job: id, lockedAt } = unmarshall(Item);
    const job = await load(id);
    return { id, isLeft: job ? job.state !== 'running' : Date.now() - lockedAt > JOB_FOLLOWS_WITHIN_MILLIS };
  };
  return {
    load,
    async begin(job) {
      const other = await takeLock(job);
      if (other) return other;
      const { id, segments, ...rest } = job;
      const stored = { ...rest, segments: Object.fromEntries(segments.map((each, at) => [nameOf(at), each])) };
      await client.send(
        new PutItemCommand({ TableName: tableName, Item: { ...jobKey(id), ...marshall({ id, ...stored }, plain) } }),
      );
      return 'begun';
    },
    checkpoint: (id, segment, progress) =>
      update(id, {
        UpdateExpression: 'SET #segments.#segment = :progress',
        ConditionExpression: '#state = :running AND #segments.#segment.#revision = :before',
        ExpressionAttributeNames: {
          ...{ '#segments': 'segments', '#segment': nameOf(segment) },
          ...{ '#revision': 'revision', '#state': 'state' },
        },
        ExpressionAttributeValues: marshall(
          { ':progress': progress, ':running': 'running', ':before': progress.revision - 1 },
          plain,
        ),
      }),
    async end(id, state, endedAt) {
      const ended = await update(id, {
        UpdateExpression: 'SET #state = :state, #endedAt = :endedAt, #expiry = :expiry',
        ConditionExpression: '#state = :running',
        ExpressionAttributeNames: { '#state': 'state', '#endedAt': 'endedAt', '#expiry': operationsTableKey.expiry },
        ExpressionAttributeValues: marshall({
          ...{ ':state': state, ':endedAt': endedAt, ':running': 'running' },
          ':expiry': Math.ceil(Date.parse(endedAt) / 1_000) + KEPT_IN_SECONDS,
        }),
      });
      if (ended === undefined) return false;
      await unlock(ended);
      return true;
    },
  };

  /** @returns who has it, where that is another job */
  async function takeLock({ readModel, id }: RebuildJob): Promise<Running | undefined> {
    let holder: Awaited<ReturnType<typeof holderOf>>;
    do {
      if (await lock(readModel, id, holder?.id)) return undefined;
      holder = await holderOf(readModel);
    } while (holder === undefined || holder.isLeft);
    return { running: holder.id };
  }

  async function unlock({ readModel, id }: RebuildJob): Promise<void> {
    await ifConditionHolds(() =>
      client.send(
        new DeleteItemCommand({
          TableName: tableName,
          Key: lockKey(readModel),
          ConditionExpression: '#job = :job',
          ExpressionAttributeNames: { '#job': 'job' },
          ExpressionAttributeValues: marshall({ ':job': id }),
        }),
      ),
    );
  }
}

type ConditionalUpdate = ConstructorParameters<typeof UpdateItemCommand>[0];

async function ifConditionHolds<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await write();
  } catch (error) {
    if (isConditionalCheckFailed(error)) return undefined;
    throw error;
  }
}

const nameOf = (segment: number): string => `s${segment}`;

function toJob(item: Record<string, unknown>): RebuildJob {
  const { segments, id, readModel, state, estimate, startedAt, endedAt } = item as unknown as Omit<
    RebuildJob,
    'segments'
  > & { readonly segments: Readonly<Record<string, SegmentProgress>> };
  const inOrder = Object.keys(segments).map((_, at) => segments[nameOf(at)] as SegmentProgress);
  return { id, readModel, state, estimate, segments: inOrder, startedAt, ...(endedAt !== undefined && { endedAt }) };
}
