// Looks at streams: at once when the audit meets them, and again at those that a subscriber had not got to.
import pMap from 'p-map';
import { defectOf } from '../../kernel/audit/defect.ts';
import type { Finding, Progress, StreamCommits } from '../../kernel/audit/progress.ts';
import { pauseAfter, type Suspect, type Suspects } from '../../kernel/audit/suspects.ts';
import { noTally, sumOf, type Tally, tallyOf } from '../../kernel/audit/tally.ts';
import { type Commit, categoryOf } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { logger } from '../../runtime/logger.ts';
import { type SettlePorts, settle } from './settle.ts';

export interface InspectPorts extends SettlePorts {
  readonly progresses: readonly Progress[];
  readonly store: Pick<EventStore, 'commitWith'>;
}

const PARALLEL_READS = 20;

/** Asks every subscriber about those of the streams that it hears of. */
export async function inspect(ports: InspectPorts, auditId: string, streams: readonly StreamCommits[]): Promise<Tally> {
  const tallies = await Promise.all(
    ports.progresses.map(async (progress) => {
      const heard = streams.filter(({ stream }) => progress.categories.includes(categoryOf(stream)));
      if (heard.length === 0) return noTally;
      try {
        return await settle(ports, progress, { auditId, looks: 0, suspects: [], findings: await progress.look(heard) });
      } catch (error) {
        return putOff(ports, { auditId, subscriber: progress.subscriber, streams: heard, error });
      }
    }),
  );
  return sumOf([tallyOf({ streams: streams.length }), ...tallies]);
}

/** What one subscriber has cannot be read now, or it cannot be told: the others are none the worse for it. */
async function putOff(
  ports: InspectPorts,
  {
    auditId,
    subscriber,
    streams,
    error,
  }: { auditId: string; subscriber: string; streams: readonly StreamCommits[]; error: unknown },
): Promise<Tally> {
  logger.error('A subscriber could not be looked at, and is later', { error, subscriber, streams: streams.length });
  const suspects = streams.flatMap(({ commits }): Suspect[] => {
    const newest = commits.at(-1);
    return newest ? [{ stream: newest.stream, version: newest.version }] : [];
  });
  await ports.lookAgain({ auditId, subscriber, looks: 1, suspects }, pauseAfter(1));
  return noTally;
}

/** Asks one subscriber again. */
export async function inspectAgain(ports: InspectPorts, again: Suspects): Promise<Tally> {
  const { auditId, subscriber, looks, suspects } = again;
  const progress = ports.progresses.find((each) => each.subscriber === subscriber);
  if (progress === undefined) {
    logger.warn('A subscriber that was to be looked at again is gone', { subscriber, streams: suspects.length });
    return noTally;
  }
  const read = await pMap(suspects, (suspect) => commitOf(ports.store, suspect), { concurrency: PARALLEL_READS });
  const streams = read.flatMap((each): StreamCommits[] =>
    each !== undefined && !('kind' in each) ? [{ stream: each.stream, commits: [each] }] : [],
  );
  const unread = read.flatMap((each) => (each !== undefined && 'kind' in each ? [each] : []));
  const findings = streams.length > 0 ? await progress.look(streams) : [];
  return settle(ports, progress, { auditId, looks, suspects, findings: [...findings, ...unread] });
}

/** @returns `undefined` for a commit that is not there any more */
async function commitOf(
  store: Pick<EventStore, 'commitWith'>,
  event: { readonly stream: string; readonly version: number },
): Promise<Commit | Extract<Finding, { kind: 'unreadable' }> | undefined> {
  try {
    return await store.commitWith(event);
  } catch (error) {
    const defect = defectOf(event, error);
    if (defect.code !== 'malformed_item') throw error;
    return { kind: 'unreadable', ...defect };
  }
}
