// One event table and one read table under several versions of the code at once. Every call of a port waits for its turn, so
// commands, projectors and queries interleave in any order; each is held to what must be true whoever runs beside it.
import type { Scheduler } from 'fast-check';
import { expect } from 'vitest';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { projector } from '../../../lambdas/spine/functions/projector/handler.ts';
import { rowOf, rowsOfTokens } from '../../../lambdas/spine/http/queries/read-model.ts';
import { pageOfViews } from '../../../lambdas/spine/http/queries/view-page.ts';
import { viewOf } from '../../../lambdas/spine/http/queries/views.ts';
import { type Commit, lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import { NewerEventError } from '../../../lambdas/spine/kernel/errors.ts';
import { executeCommand } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { request } from '../../support/commands.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';
import { sharedPorts } from './ports.ts';
import type { Step } from './rollouts.ts';
import type { Version } from './tally.ts';

/** Of one view. */
const STREAMS = ['tally-a', 'tally-a.1'] as const;
const VIEW = STREAMS[0];
export interface Options {
  readonly versions: readonly Version[];
  /** Events of one command, at most. */
  readonly mostTimes: number;
  /** What the event table holds of a commit that was written. */
  readonly stored?: (commit: Commit) => Commit;
}

export function newWorld(scheduler: Scheduler, { versions, mostTimes, stored = (commit) => commit }: Options) {
  const { store, table, turn, free, events, rows, amounts, isReadable, isFoldOf } = sharedPorts(
    scheduler,
    versions,
    stored,
  );
  const ports = { store, wait: () => turn('wait'), random: () => 0.5 };
  const queue: Hint[] = [];
  const acknowledged = new Map<string, number>();
  const sent: { readonly stream: string; readonly key: string; readonly amount: number; readonly times: number }[] = [];

  /** What needs an event of a newer major version may fail, and nothing else may. */
  async function unlessNewer<Result>(needed: readonly string[], version: Version, task: Promise<Result>) {
    try {
      return await task;
    } catch (error) {
      expect(error).toBeInstanceOf(NewerEventError);
      expect(needed.every((stream) => isReadable(stream, version))).toBe(false);
      return undefined;
    }
  }

  /** A new command, or one that was sent before. */
  async function command(stream: string, version: Version, which: number): Promise<void> {
    const again = which % 4 === 0 ? sent[which % (sent.length || 1)] : undefined;
    const next = again ?? {
      stream,
      key: `key-${sent.length}`,
      amount: 1 + (which % 3),
      times: 1 + (which % mostTimes),
    };
    if (!again) sent.push(next);
    const { amount, times, key } = next;
    const toExecute = request(next.stream, { type: 'Add', amount, times } as const, { key });
    const outcome = await unlessNewer([next.stream], version, executeCommand(ports, version.decider, toExecute));
    if (outcome?.kind !== 'done') return;
    acknowledged.set(next.stream, Math.max(outcome.version, acknowledged.get(next.stream) ?? 0));
    if (outcome.effect !== 'appended') return;
    const commit = events.commits(next.stream).find((each) => lastVersion(each) === outcome.version) as Commit;
    queue.push(which % 5 === 0 ? { ...hintOf(commit), events: [] } : hintOf(commit));
  }

  /** Some messages in one batch; now and then one is delivered again though it is acknowledged. */
  async function deliver(version: Version, which: number): Promise<void> {
    const count = Math.min(1 + (which % 3), queue.length);
    const hints = Array.from({ length: count }, () => queue.splice(which % queue.length, 1)).flat();
    if (which % 7 === 0) queue.push(...hints.slice(0, 1));
    await project(version, hints);
  }

  /** The projector gets the hints, each in a message of its own; what it fails waits again. */
  async function project(version: Version, hints: readonly Hint[]): Promise<void> {
    const Records = hints.map((hint, index) => ({
      messageId: `m${index}`,
      body: encodeBundle([encodeHint(hint)]),
    }));
    const ports = { store, table, ownQueue: noOwnQueue, invalidations: undefined, now: () => new Date() };
    const handle = projector(version.projection, ports);
    const { batchItemFailures } = await handle({ Records } as never);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const [index, hint] of hints.entries()) {
      if (failed.has(`m${index}`)) {
        expect(isReadable(hint.stream, version)).toBe(false);
        queue.push(hint);
      } else {
        expect(rows.get(hint.stream)?.version ?? 0).toBeGreaterThanOrEqual(hint.version);
      }
    }
  }

  const clients = [0, 1].map(() => ({ seen: new Map<string, number>(), busy: Promise.resolve() as Promise<unknown> }));

  /** What a client sees is this version's fold, at least as far as its token, and never before what it saw already. */
  function see(seen: Map<string, number>, version: Version, row: Row<unknown>, token: number): void {
    expect(row.version).toBeGreaterThanOrEqual(token);
    expect(row.version).toBeGreaterThanOrEqual(seen.get(row.stream) ?? 0);
    expect(row.generation).toBe(version.projection.generation);
    isFoldOf(row, version);
    seen.set(row.stream, row.version);
  }

  async function read(seen: Map<string, number>, stream: string, version: Version, which: number): Promise<void> {
    const token = which % 2 === 0 ? (acknowledged.get(stream) ?? 0) : 0;
    const tokens = token > 0 ? [{ stream, version: token }] : [];
    const model = { projection: version.projection, table, store };
    const rows = async () =>
      which % 3 === 0 ? ((await viewOf(model, VIEW, tokens))?.rows ?? []) : [await rowOf(model, stream, tokens)];
    for (const row of (await unlessNewer(STREAMS, version, rows())) ?? []) {
      if (row) see(seen, version, row, row.stream === stream ? token : 0);
    }
  }

  async function list(seen: Map<string, number>, stream: string, version: Version, which: number): Promise<void> {
    const model = { projection: version.projection, table, store };
    const token = which % 2 === 0 ? (acknowledged.get(stream) ?? 0) : 0;
    const readAll = async () => {
      if (token > 0) await rowsOfTokens(model, [{ stream, version: token }]);
      return pageOfViews(model, 10, undefined);
    };
    const isThere = rows.has(VIEW);
    const page = await unlessNewer(STREAMS, version, readAll());
    const listed = page?.views.flatMap((view) => view.rows) ?? [];
    for (const row of listed) see(seen, version, row, row.stream === stream ? token : 0);
    if (page?.isWhole && isThere && token > 0) expect(listed.map((row) => row.stream)).toContain(stream);
  }

  async function load(stream: string, version: Version): Promise<void> {
    const loaded = await unlessNewer([stream], version, loadStream(store, version.decider, stream));
    if (loaded) expect(loaded.state).toEqual(version.stateAfter(amounts(stream, loaded.version)));
  }

  const underWay: Promise<unknown>[] = [];
  const failures: unknown[] = [];

  function begin(step: Step, live: readonly Version[]): Promise<unknown> {
    const stream = STREAMS[step.stream % 2] as string;
    const version = live[step.which % live.length] as Version;
    const which = Math.floor(step.which / live.length);
    const client = clients[which % clients.length] as (typeof clients)[number];
    const asClient = (task: () => Promise<void>) => {
      client.busy = client.busy.then(task);
      return client.busy;
    };
    switch (step.kind) {
      case 'command':
        return command(stream, version, which);
      case 'deliver':
        return deliver(version, which);
      case 'read':
        return asClient(() => read(client.seen, stream, version, which));
      case 'list':
        return asClient(() => list(client.seen, stream, version, which));
      case 'load':
        return load(stream, version);
      default:
        return step.kind satisfies never;
    }
  }

  return {
    events,
    rows,
    queue,
    amounts,
    isReadable,
    isFoldOf,
    /** However often, and by whichever version, a command was sent. */
    expectEachCommandOnce(): void {
      const commits = STREAMS.flatMap((stream) => events.commits(stream));
      const keys = commits.map(({ idempotency }) => idempotency?.key);
      expect(new Set(keys).size).toBe(keys.length);
    },
    async phase(steps: readonly Step[], live: readonly Version[]): Promise<void> {
      for (const step of steps) {
        underWay.push(begin(step, live).catch((error) => failures.push(error)));
        for (let count = 0; count < step.pace && scheduler.count() > 0; count += 1) await scheduler.waitNext(1);
      }
    },
    /** All that is under way ends; then nothing waits for its turn any more. */
    async settle(): Promise<void> {
      await scheduler.waitFor(Promise.all(underWay));
      free();
      if (failures.length > 0) throw failures[0];
    },
    /** Delivers everything that waits, once. */
    drain: (version: Version) => project(version, queue.splice(0)),
    read: (stream: string, version: Version) => read(new Map(), stream, version, 0),
    load,
    streams: () => STREAMS.filter((stream) => events.commits(stream).length > 0),
  };
}
