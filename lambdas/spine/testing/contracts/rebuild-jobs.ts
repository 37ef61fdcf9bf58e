// The contract of the port to the rebuilds.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newSegments, type RebuildJob, type RebuildJobs } from '../../kernel/sweep/rebuild-job.ts';

export interface RebuildJobsFactory {
  start(): Promise<RebuildJobs>;
  stop(): Promise<void>;
}

let made = 0;

/** Call it in a `describe`. */
export function rebuildJobsContract({ start, stop }: RebuildJobsFactory): void {
  let jobs: RebuildJobs;
  beforeAll(async () => {
    jobs = await start();
  });
  afterAll(() => stop());

  const newJob = (readModel = `model-${made++}`): RebuildJob => ({
    ...{ id: `job-${made++}`, readModel, state: 'running', startedAt: '2026-01-01T00:00:00.000Z' },
    estimate: { streams: 3, events: 9, readUnits: 1.5, writeUnits: 3, dollars: 0.01, seconds: 2 },
    segments: newSegments(12),
  });
  const begun = async (readModel?: string): Promise<RebuildJob> => {
    const job = newJob(readModel);
    expect(await jobs.begin(job)).toBe('begun');
    return job;
  };
  const endedAt = '2026-01-01T00:01:00.000Z';

  it('gives back a job as it began, and none that did not', async () => {
    const job = await begun();
    expect(await jobs.load(job.id)).toEqual(job);
    expect(await jobs.load('another')).toBeUndefined();
  });

  it('has one job of a read model at a time, whoever begins at once', async () => {
    const jobsAtOnce = Array.from({ length: 5 }, () => newJob('one-model'));
    const begins = await Promise.all(jobsAtOnce.map((job) => jobs.begin(job)));
    const first = jobsAtOnce[begins.indexOf('begun')] as RebuildJob;
    expect(begins.filter((each) => each !== 'begun')).toEqual(Array(4).fill({ running: first.id }));
    expect(await jobs.end(first.id, 'done', endedAt)).toBe(true);
    await begun('one-model');
  });

  it('keeps the checkpoints of its segments beside each other', async () => {
    const job = await begun();
    const [first] = job.segments;
    if (first === undefined) throw new RangeError('A job has segments');
    const progress = { ...first, revision: 1, events: 5, after: { stream: 'thing-ä', version: 7 } };
    await Promise.all([0, 5, 11].map((segment) => jobs.checkpoint(job.id, segment, progress)));
    const last = await jobs.checkpoint(job.id, 11, { ...progress, revision: 2, isDone: true });
    expect(last).toEqual(await jobs.load(job.id));
    expect(last?.segments.map(({ revision }) => revision)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2]);
    expect(last?.segments[5]).toEqual(progress);
  });

  it('takes a checkpoint once: a second worker on the segment is told that it lost it', async () => {
    const job = await begun();
    const progress = { ...(job.segments[0] as RebuildJob['segments'][number]), revision: 1 };
    const kept = await Promise.all([1, 2].map((events) => jobs.checkpoint(job.id, 0, { ...progress, events })));
    expect(kept.filter((each) => each === undefined)).toHaveLength(1);
  });

  it.each(['done', 'cancelled', 'failed'] as const)(
    'ends as %s once, and takes no checkpoint after that',
    async (state) => {
      const job = await begun();
      expect(await jobs.end(job.id, state, endedAt)).toBe(true);
      expect(await jobs.end(job.id, 'failed', endedAt)).toBe(false);
      expect(await jobs.load(job.id)).toEqual({ ...job, state, endedAt });
      const progress = { ...(job.segments[0] as RebuildJob['segments'][number]), revision: 1 };
      expect(await jobs.checkpoint(job.id, 0, progress)).toBeUndefined();
      await begun(job.readModel);
    },
  );

  it('does not end a job that never began', async () => {
    expect(await jobs.end('another', 'cancelled', endedAt)).toBe(false);
  });
}
