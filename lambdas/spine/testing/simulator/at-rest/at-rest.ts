// What must hold of every application that has come to rest.
import { isDeepStrictEqual } from 'node:util';
import { encodeBundle, encodeHint } from '../../../aws/wire/bundle-codec.ts';
import { categoryOf, lastVersion } from '../../../kernel/envelope.ts';
import { bareHint, hintOf } from '../../../kernel/pipeline/bundle.ts';
import { foldCommit, type Projection, type Row } from '../../../kernel/projections/projection.ts';
import type { SimulatedApplication } from '../application.ts';
import type { System } from '../system.ts';
import { mailsAtRest } from './mails.ts';

/**
 * A timer that is lost is made up for by the first audit after its instant: the process's deadline is the last of them, and it has as
 * long again to be undone.
 */
const AUDITS_AFTER_HOURS = [0, 1, 13, 13] as const;

/** @param runToRest goes on until nothing is left to do @returns what does not hold, as sentences */
export async function notAtRest<Outside>(
  system: System,
  application: SimulatedApplication<Outside>,
  outside: Outside,
  runToRest: () => Promise<void>,
): Promise<readonly string[]> {
  const letters = system.queues.flatMap((queue) => unexcused(queue));
  if (letters.length > 0) return letters;
  for (const queue of system.queues) queue.redrive();
  await runToRest();
  const isIncomplete = system.world.faults.struck.some(({ kind }) => kind === 'drop');
  for (const hours of isIncomplete ? AUDITS_AFTER_HOURS : []) {
    system.world.time.plan(hours * 3_600_000, () => republish(system, application));
    await runToRest();
  }
  const again = system.queues.flatMap(({ name, messages, dead }) =>
    messages.length + dead.length > 0
      ? [`${messages.length} messages and ${dead.length} dead letters are left in ${name}`]
      : [],
  );
  return [
    ...again,
    ...rowsAtRest(system),
    ...mailsAtRest(system, application.notifications),
    ...(await application.atRest(system, outside)),
  ];
}

/** Dead letters that came back although nothing had gone wrong. */
const unexcused = ({ name, dead }: System['queues'][number]): readonly string[] =>
  dead
    .filter(({ excused, returned }) => excused < returned)
    .map(
      ({ id, body, returned, excused }) =>
        `${id} of ${name} is a dead letter, and ${returned - excused} times nothing had gone wrong: ${body}`,
    );

/** What the audit does: tells every subscriber of the newest commit of every stream. */
function republish<Outside>(
  { world, events, queueOf }: System,
  { subscriptions }: SimulatedApplication<Outside>,
): void {
  world.tell('audit', 'tells everybody of everything');
  const newest = new Map(events.commits.map((commit) => [commit.stream, commit]));
  for (const { name, categories } of subscriptions) {
    for (const commit of newest.values()) {
      if (!categories.includes(categoryOf(commit.stream))) continue;
      queueOf(name).send(encodeBundle([encodeHint(bareHint(hintOf(commit)))]));
    }
  }
}

/** Each row is as far as its stream, and the fold of its generation. */
function rowsAtRest({ events, readModels, versions }: System): readonly string[] {
  const names = versions[0]?.projections.map(({ name }) => name) ?? [];
  const streams = new Set(events.commits.map(({ stream }) => stream));
  return names.flatMap((name) => {
    const { rows } = readModels.tableOf(name);
    const ofAllAges = versions.flatMap(({ projections }) => projections.filter((each) => each.name === name));
    return [...streams]
      .filter((stream) => ofAllAges[0]?.folds[categoryOf(stream)] !== undefined)
      .flatMap((stream) => {
        const commits = events.store.commits(stream);
        const row = rows.get(stream);
        const end = lastVersion(commits.at(-1) as never);
        if (row?.version !== end) return [`${name} has ${stream}@${row?.version ?? 0}, which is at ${end}`];
        const projection = ofAllAges.find(({ generation }) => generation === row.generation) as Projection<unknown>;
        const fold = commits.reduce<Row<unknown> | undefined>(
          (folded, commit) => foldCommit(projection, folded, commit),
          undefined,
        );
        return isDeepStrictEqual(plain(row.part), plain(fold?.part))
          ? []
          : [`${name} has another row of ${stream} than its fold`];
      });
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
