// Wire versions while the code is deployed and rolled back. Code reads the versions that it knows and leaves what it cannot read where it
// is: the fan-out as a position in its failure queue, a subscriber as a message that comes again and then is a dead letter.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeBundle,
  encodeBundle,
  encodeHint,
  type WireVersion,
} from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { type Rollout, RUNS, rolloutsOf, timeout } from './rollouts.ts';

interface Version {
  readonly name: string;
  readonly reads: readonly number[];
  readonly writes: WireVersion;
}

const before: Version = { name: 'reads 1', reads: [1], writes: 1 };
const first: Version = { name: 'reads 1 and 2, writes 1', reads: [1, 2], writes: 1 };
const second: Version = { name: 'reads and writes 2', reads: [1, 2], writes: 2 };

const hintOf = (version: number): Hint => ({
  ...{ stream: 'order-1', version, id: `id-${version}`, time: '2026-01-01T00:00:00.000Z', correlationId: 'c' },
  causationId: 'x',
  events: [{ type: 'Happened', schemaVersion: '1.0.0', data: { text: 'as long as it takes to be packed' } }],
});

const places = ['stream', 'positions', 'queue', 'deadLetters'] as const;

/** The pipeline from the relay on: where bundles lie, and what the subscriber has heard. */
function pipeline() {
  const at: Record<(typeof places)[number], string[]> = { stream: [], positions: [], queue: [], deadLetters: [] };
  const heard = new Set<number>();
  let commits = 0;

  const relay = ({ writes }: Version): void => {
    const hints = [hintOf(commits + 1), hintOf(commits + 2), hintOf(commits + 3)];
    commits += hints.length;
    at.stream.push(encodeBundle(hints.map(encodeHint), writes));
  };

  /** @returns nothing when this code cannot read it */
  const read = (text: string, { reads }: Version): Hint[] | undefined =>
    reads.includes(JSON.parse(text).v) ? decodeBundle(text) : undefined;

  function spread(from: 'stream' | 'positions', live: Version, which: number): void {
    const [text] = at[from].splice(which % at[from].length, 1);
    const hints = text && read(text, live);
    if (hints) at.queue.push(encodeBundle(hints.map(encodeHint), live.writes));
    else if (text) at.positions.push(text);
  }

  function hear(from: 'queue' | 'deadLetters', live: Version, which: number): void {
    const [text] = at[from].splice(which % at[from].length, 1);
    const hints = text && read(text, live);
    if (hints) for (const { version } of hints) heard.add(version);
    else if (text) at.deadLetters.push(text);
  }

  const step = (kind: number, live: Version, which: number): void => {
    if (kind === 0) relay(live);
    else if (kind === 1) spread('stream', live, which);
    else if (kind === 2) hear('queue', live, which);
    else spread('positions', live, which);
  };

  /** Everything comes to this code once more, as after a redrive of all that is left. */
  function drain(live: Version): void {
    for (const from of ['stream', 'positions'] as const) for (const _ of [...at[from]]) spread(from, live, 0);
    for (const from of ['queue', 'deadLetters'] as const) for (const _ of [...at[from]]) hear(from, live, 0);
  }

  const left = (): number => places.reduce((sum, place) => sum + at[place].length, 0);
  return {
    step,
    drain,
    left,
    isAllHeard: () => heard.size === commits,
    parked: () => at.positions.length + at.deadLetters.length,
  };
}

const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(99)), { minLength: 5, maxLength: 30 });

function check({ phases, last }: Rollout<Version>, atTheEnd: (world: ReturnType<typeof pipeline>) => void): void {
  fc.assert(
    fc.property(fc.tuple(...phases.map(() => steps)), (history) => {
      const world = pipeline();
      for (const [phase, live] of phases.entries())
        for (const [kind, which] of history[phase] ?? []) {
          const code = live[which % live.length];
          if (code) world.step(kind, code, which);
        }
      world.drain(last);
      atTheEnd(world);
    }),
    { numRuns: RUNS },
  );
}

it.each([...rolloutsOf(before, first), ...rolloutsOf(first, second, [[before], [before, first]])])(
  '$name: everyone reads everything',
  { timeout },
  (rollout) => {
    check(rollout, (world) => {
      expect(world.parked()).toBe(0);
      expect(world.isAllHeard()).toBe(true);
      expect(world.left()).toBe(0);
    });
  },
);

it.each(rolloutsOf(before, second))(
  '$name at once, against the rule: what old code cannot read is kept, and read when newer code comes',
  { timeout },
  (rollout) => {
    check(rollout, (world) => {
      world.drain(second);
      expect(world.isAllHeard()).toBe(true);
      expect(world.left()).toBe(0);
    });
  },
);
