// How far a rebuild is, as operators see it.
import { type RebuildJob, sweptOf } from '../../kernel/sweep/rebuild-job.ts';
import { dollarsOf } from './prices.ts';

export function progressOf(job: RebuildJob, now: Date) {
  const { id, readModel, state, estimate, startedAt, endedAt } = job;
  const { events, written, unreadable, leftOut = [], units } = sweptOf(job);
  const seconds = Math.max(0, (Date.parse(endedAt ?? now.toISOString()) - Date.parse(startedAt)) / 1_000);
  const eventsPerSecond = seconds === 0 ? 0 : events / seconds;
  const total = state === 'done' ? events : Math.max(events, estimate.events);
  return {
    ...{ rebuildId: id, readModel, state, swept: events, total, eventsPerSecond: Math.round(eventsPerSecond) },
    ...(state === 'running' &&
      eventsPerSecond > 0 && { remainingSeconds: Math.ceil((total - events) / eventsPerSecond) }),
    ...{
      written,
      unreadable,
      leftOut,
      readUnits: Math.ceil(units.read),
      writeUnits: Math.ceil(units.write),
      dollars: dollarsOf(units),
    },
    ...{ startedAt, ...(endedAt !== undefined && { endedAt }) },
  };
}
