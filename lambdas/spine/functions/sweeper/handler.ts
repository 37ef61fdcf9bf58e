// Works on segments of rebuilds. A segment whose time is up goes on in a message of its own; one that fails is delivered again, and
// after its last delivery its rebuild has failed.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { workIn } from '../../aws/sqs/work-queue.ts';
import type { InvalidationQueue } from '../../kernel/pipeline/invalidation.ts';
import type { Projection } from '../../kernel/projections/projection.ts';
import { type FullMarks, shapeOf, sweptForm, tableNamed } from '../../kernel/sweep/full-marks.ts';
import type { Units } from '../../kernel/sweep/pace.ts';
import { type RebuildJob, type RebuildJobs, sweptOf } from '../../kernel/sweep/rebuild-job.ts';
import type { WorkQueue } from '../../kernel/sweep/work.ts';
import { type SweepPorts, sweepSegment } from '../../ops/rebuilds/sweep-segment.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { type Invocation, longestInvocation } from '../../runtime/invocation.ts';
import { logger } from '../../runtime/logger.ts';

export interface SweeperPorts {
  readonly projections: readonly Projection<unknown>[];
  readonly jobs: RebuildJobs;
  readonly work: WorkQueue;
  readonly marks: FullMarks;
  /** Of its read table. */
  tableNameOf(projection: Projection<unknown>): string;
  portsOf(projection: Projection<unknown>): Omit<SweepPorts<unknown>, 'jobs'>;
  /** Units a second of one worker. */
  readonly pace: Units;
  /** How often a message is delivered before it is a dead letter. */
  readonly mostDeliveries: number;
  /** `undefined` on a stage without an edge. */
  readonly invalidations: InvalidationQueue | undefined;
  now(): Date;
}

/** No page begins in the last third of the time. */
const LAST_BEGIN = 1 / 3;

export const sweeper =
  (ports: SweeperPorts) =>
  async (
    { Records }: Pick<SQSEvent, 'Records'>,
    invocation: Invocation = longestInvocation,
  ): Promise<BatchResponse> => {
    const failed: string[] = [];
    const end = invocation.remainingInMillis() * LAST_BEGIN;
    for (const record of Records) {
      try {
        await workOn(ports, record, () => invocation.remainingInMillis() > end);
      } catch (error) {
        logger.error('A part of a rebuild failed and will be delivered again', { error, body: record.body });
        await giveUp(ports, record);
        failed.push(record.messageId);
      }
    }
    return failedMessages(failed);
  };

async function workOn(ports: SweeperPorts, { body }: SQSRecord, hasTime: () => boolean): Promise<void> {
  const { jobs, work, pace } = ports;
  const { job: id, segment } = workIn(body);
  const job = await jobs.load(id);
  if (job?.state !== 'running') return;
  const projection = named(ports, job.readModel);
  const sweepPorts = { ...ports.portsOf(projection), jobs };
  const end = await sweepSegment(sweepPorts, projection, job, segment, { pace, hasTime });
  if (end.kind === 'more') await work.send({ job: id, segment }, delayOf(end.restInMillis));
  if (end.kind === 'done' && end.job.segments.every(({ isDone }) => isDone)) await conclude(ports, end.job, projection);
}

/** Most that SQS delays a message by (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const LONGEST_DELAY_IN_SECONDS = 900;

const delayOf = (restInMillis: number): number => Math.min(LONGEST_DELAY_IN_SECONDS, Math.floor(restInMillis / 1_000));

/** The end comes last: a worker that dies before it gets its message again, and concludes again. */
async function conclude(ports: SweeperPorts, job: RebuildJob, projection: Projection<unknown>): Promise<void> {
  const { jobs, invalidations, now } = ports;
  await markFull(ports, job, projection);
  const [collection, time] = [job.readModel, now().toISOString()];
  await invalidations?.send({ collection, tags: [collection], changedAt: time, pass: 1 });
  await jobs.end(job.id, 'done', time);
  logger.info('A rebuild is done', { rebuild: job.id, readModel: job.readModel, ...sweptOf(job) });
}

/** Of those that were swept from the first page to the last by code that writes as this code does. */
async function markFull(
  { marks, tableNameOf }: SweeperPorts,
  job: RebuildJob,
  projection: Projection<unknown>,
): Promise<void> {
  const { name, indexes, replaces } = projection;
  const replacing = [
    ...indexes.filter((index) => index.replaces !== undefined).map(shapeOf),
    ...(replaces === undefined ? [] : [tableNamed(tableNameOf(projection))]),
  ];
  if (job.segments.some(({ form }) => form !== sweptForm(projection))) {
    if (replacing.length > 0) logger.warn('Swept by two versions of the code: rebuild again', { readModel: name });
    return;
  }
  for (const what of replacing) await marks.markFull(name, what);
}

async function giveUp({ jobs, mostDeliveries, now }: SweeperPorts, { body, attributes }: SQSRecord): Promise<void> {
  if (Number(attributes.ApproximateReceiveCount) < mostDeliveries) return;
  try {
    await jobs.end(workIn(body).job, 'failed', now().toISOString());
  } catch (error) {
    logger.error('A rebuild could not be ended: its part is a dead letter', { error, body });
  }
}

/** Newer code may have read models that this code has not. */
function named({ projections }: SweeperPorts, readModel: string): Projection<unknown> {
  const projection = projections.find(({ name }) => name === readModel);
  if (projection) return projection;
  throw new RangeError(
    `There is no read model ${readModel}; there are ${projections.map(({ name }) => name).join(', ')}`,
  );
}
