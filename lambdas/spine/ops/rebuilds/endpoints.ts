// The routes of rebuilds: estimate and begin one, look at it, cancel it.
import { callerEndpoint, type Endpoint } from '../../http/endpoint.ts';
import { notFound, Problem } from '../../http/problem.ts';
import { listResponse } from '../../http/queries/list-response.ts';
import type { Authenticate } from '../../http/request/caller.ts';
import { jsonResponse } from '../../http/response.ts';
import { newSegments, type RebuildJob, type RebuildJobs } from '../../kernel/sweep/rebuild-job.ts';
import type { WorkQueue } from '../../kernel/sweep/work.ts';
import { NEVER_KEPT } from '../never-kept.ts';
import { type EstimatePorts, estimateRebuild, type SweptModel } from './estimate.ts';
import { cancelRebuild, getRebuild, startRebuild } from './operations.ts';
import { progressOf } from './progress.ts';

export interface RebuildPorts extends EstimatePorts {
  readonly readModels: readonly SweptModel[];
  readonly jobs: RebuildJobs;
  readonly work: WorkQueue;
  newId(): string;
  now(): Date;
}

export function rebuildEndpoints(ports: RebuildPorts, authenticate: Authenticate): Endpoint[] {
  const { jobs, now } = ports;
  const jobOf = async (id: string): Promise<RebuildJob> => {
    const job = await jobs.load(id);
    if (job) return job;
    throw notFound(`There is no rebuild ${id}.`);
  };
  return [
    callerEndpoint(startRebuild, authenticate, async ({ body }) => {
      const model = ports.readModels.find(({ name }) => name === body.readModel);
      if (model === undefined) throw unknownReadModel(body.readModel, ports.readModels);
      const estimate = await estimateRebuild(ports, model);
      if (body.dryRun === true) return jsonResponse(200, { estimate }, NEVER_KEPT);
      const job: RebuildJob = {
        ...{ id: ports.newId(), readModel: model.name, state: 'running', estimate },
        ...{ segments: newSegments(ports.workers), startedAt: now().toISOString() },
      };
      await begin(ports, job);
      return jsonResponse(202, { rebuildId: job.id, estimate }, NEVER_KEPT);
    }),
    callerEndpoint(getRebuild, authenticate, async ({ path, headers }) =>
      listResponse(progressOf(await jobOf(path.rebuildId), now()), NEVER_KEPT, headers),
    ),
    callerEndpoint(cancelRebuild, authenticate, async ({ path }) => {
      await jobs.end((await jobOf(path.rebuildId)).id, 'cancelled', now().toISOString());
      return jsonResponse(202, progressOf(await jobOf(path.rebuildId), now()), NEVER_KEPT);
    }),
  ];
}

/** Where not all of its work was sent, a rebuild is cancelled: another can begin at once. */
async function begin({ jobs, work, now }: RebuildPorts, job: RebuildJob): Promise<void> {
  const begun = await jobs.begin(job);
  if (begun !== 'begun') {
    const detail = `Rebuild ${begun.running} of ${job.readModel} is running; wait for it, or cancel it.`;
    throw new Problem(409, 'rebuild_running', detail);
  }
  try {
    await Promise.all(job.segments.map((_, segment) => work.send({ job: job.id, segment })));
  } catch (error) {
    await jobs.end(job.id, 'cancelled', now().toISOString());
    throw error;
  }
}

function unknownReadModel(name: string, known: readonly SweptModel[]): Problem {
  const names = known.map((each) => each.name).join(', ');
  return new Problem(422, 'unknown_read_model', `There is no read model ${name}; there are ${names}.`);
}
