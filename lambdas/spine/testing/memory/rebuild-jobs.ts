// The rebuilds in memory: the reference that the real ones are held against.
import type { RebuildJob, RebuildJobs } from '../../kernel/sweep/rebuild-job.ts';

export function inMemoryRebuildJobs(): RebuildJobs {
  const jobs = new Map<string, RebuildJob>();
  const running = new Map<string, string>();
  return {
    async begin(job) {
      const other = running.get(job.readModel);
      if (other !== undefined) return { running: other };
      running.set(job.readModel, job.id);
      jobs.set(job.id, structuredClone(job));
      return 'begun';
    },
    load: async (id) => structuredClone(jobs.get(id)),
    async checkpoint(id, segment, progress) {
      const job = jobs.get(id);
      if (job?.state !== 'running' || job.segments[segment]?.revision !== progress.revision - 1) return undefined;
      const kept = { ...job, segments: job.segments.with(segment, structuredClone(progress)) };
      jobs.set(id, kept);
      return structuredClone(kept);
    },
    async end(id, state, endedAt) {
      const job = jobs.get(id);
      if (job?.state !== 'running') return false;
      jobs.set(id, { ...job, state, endedAt });
      running.delete(job.readModel);
      return true;
    },
  };
}
