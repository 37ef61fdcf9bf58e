// The command line of a simulation: many seeds, or one that is told in full.
import { parseArgs } from 'node:util';
import type { SimulatedApplication } from './application.ts';
import { shrink } from './shrink.ts';
import { type Simulation, simulate } from './simulate.ts';
import { storyOf, summaryOf } from './story.ts';

const USAGE = `Usage: npm run simulate -- --seeds N [--from S]   runs N seeds from S on (1 by default); one that fails is made smaller and told
       npm run simulate -- --seed S                runs the seed S, tells it, and makes it smaller if it fails`;

/** @returns the exit code */
export async function runSimulations<Outside>(
  application: SimulatedApplication<Outside>,
  args: readonly string[],
  write: (line: string) => void,
): Promise<number> {
  const asked = argumentsIn(args);
  if (asked === undefined) {
    write(USAGE);
    return 2;
  }
  if (asked.seed !== undefined) return tellOne(application, asked.seed, write);
  return runMany(application, asked, write);
}

interface Asked {
  readonly seed?: number;
  readonly from: number;
  readonly seeds: number;
}

function argumentsIn(args: readonly string[]): Asked | undefined {
  const options = { seed: { type: 'string' }, seeds: { type: 'string' }, from: { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const [seed, seeds, from] = [values.seed, values.seeds, values.from ?? '1'].map((text) =>
      text === undefined ? undefined : wholeNumber(text),
    );
    if ((seed === undefined) === (seeds === undefined) || from === undefined) return undefined;
    return { ...(seed !== undefined && { seed }), seeds: seeds ?? 0, from };
  } catch {
    return undefined;
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`A seed must be a whole number, got ${text}`);
  return Number(text);
}

async function tellOne<Outside>(
  application: SimulatedApplication<Outside>,
  seed: number,
  write: (line: string) => void,
): Promise<number> {
  const simulation = await simulate(application, { seed });
  write(storyOf(simulation));
  write(summaryOf(simulation));
  if (simulation.violations.length === 0) return 0;
  await tellSmaller(application, simulation, write);
  return 1;
}

async function runMany<Outside>(
  application: SimulatedApplication<Outside>,
  { from, seeds }: Asked,
  write: (line: string) => void,
): Promise<number> {
  const started = performance.now();
  const failed: Simulation[] = [];
  const struck = new Map<string, number>();
  let steps = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const simulation = await simulate(application, { seed });
    steps += simulation.steps;
    for (const { kind } of simulation.faults) struck.set(kind, (struck.get(kind) ?? 0) + 1);
    if (simulation.violations.length === 0) continue;
    write(`Seed ${seed}: ${simulation.violations.join('; ')}`);
    failed.push(simulation);
  }
  const seconds = (performance.now() - started) / 1_000;
  write([...struck].map(([kind, count]) => `${count} × ${kind}`).join(', '));
  write(
    `${seeds} seeds, ${failed.length} failed; ${Math.round(steps / seeds)} steps each; ${(seeds / seconds).toFixed(1)} seeds a second`,
  );
  const [first] = failed;
  if (first) await tellSmaller(application, first, write);
  return failed.length === 0 ? 0 : 1;
}

async function tellSmaller<Outside>(
  application: SimulatedApplication<Outside>,
  failed: Simulation,
  write: (line: string) => void,
): Promise<void> {
  const { simulation } = await shrink(application, failed);
  write('Made smaller:');
  write(storyOf(simulation));
  write(summaryOf(simulation));
}
