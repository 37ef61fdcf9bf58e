// Runs an application once, from a seed: whatever its people do, with whatever goes wrong, until it has come to rest; then looks at
// whether everything is as it must be.
import type { Act, SimulatedApplication } from './application.ts';
import { notAtRest } from './at-rest/at-rest.ts';
import { type HttpFunctions, newClient } from './client.ts';
import { pipelineOf } from './functions/pipeline.ts';
import { httpFunctionsOf, subscribersOf } from './functions/subscribers.ts';
import { newSystem, type System } from './system.ts';
import { type Fault, type FaultKind, faultKinds } from './world/faults.ts';
import { newWorld, type Step, type World } from './world/world.ts';

export interface SimulationSettings {
  readonly seed: number;
  /** @default all */
  readonly kinds?: ReadonlySet<FaultKind>;
  /** Ids of faults that do not strike. @default none */
  readonly spared?: ReadonlySet<string>;
  /** Names of acts that nobody does. @default none */
  readonly undone?: ReadonlySet<string>;
}

export interface Simulation {
  readonly seed: number;
  /** What is not as it must be, as sentences; empty when all is well. */
  readonly violations: readonly string[];
  readonly faults: readonly Fault[];
  /** Names of what people did. */
  readonly acts: readonly string[];
  readonly story: readonly Step[];
  /** How many things happened, one after the other. */
  readonly steps: number;
}

/** More than anything that comes to rest needs. */
const MOST_STEPS = 60_000;

/** Faults go on for so long after the last act began. */
const TROUBLE_IN_MILLIS = 20 * 60_000;

export async function simulate<Outside>(
  application: SimulatedApplication<Outside>,
  { seed, kinds = new Set(faultKinds), spared = new Set(), undone = new Set() }: SimulationSettings,
): Promise<Simulation> {
  const world = newWorld(seed, { kinds, spared });
  const system = newSystem(world, application);
  const outside = application.outside(system);
  const functions = [...pipelineOf(system, application.subscriptions), ...subscribersOf(system, application, outside)];
  const http = httpFunctionsOf(system, application, outside);
  const acts = application.acts(world.chance).filter(({ name }) => !undone.has(name));
  const doing = begin(world, http, acts, outside);
  planDeployments(system, [...functions, ...http.values()]);
  const last = Math.max(0, ...acts.map(({ inMillis }) => inMillis));
  world.time.plan(last + TROUBLE_IN_MILLIS, () => {
    world.faults.end();
    world.outages.end();
    world.tell('simulator', 'From here on nothing goes wrong');
  });

  let steps = 0;
  const runToRest = async (): Promise<void> => {
    while (steps < MOST_STEPS && world.violations.length === 0 && world.time.step()) {
      steps += 1;
      await settled();
    }
    if (steps >= MOST_STEPS) world.violate(`After ${steps} steps nothing has come to rest`);
  };
  await runToRest();
  for (const act of doing) if (!act.isDone && world.violations.length === 0) world.violate(`${act.name} never ends`);
  if (world.violations.length === 0)
    for (const each of await notAtRest(system, application, outside, runToRest)) world.violate(each);
  return {
    ...{ seed, steps, faults: world.faults.struck, story: world.story },
    violations: world.violations.map(({ message }) => message),
    acts: acts.map(({ name }) => name),
  };
}

/** Everything that can go on without time going on has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function begin<Outside>(world: World, functions: HttpFunctions, acts: readonly Act<Outside>[], outside: Outside) {
  return acts.map((act) => {
    const doing = { name: act.name, isDone: false };
    world.time.plan(act.inMillis, () => {
      act.run(newClient(world, functions, act.name), outside).then(
        () => {
          doing.isDone = true;
        },
        (error: unknown) => {
          doing.isDone = true;
          world.violate(error instanceof Error ? error.message : String(error));
        },
      );
    });
    return doing;
  });
}

/** Forth, and back, and forth: each function at its own time. */
function planDeployments({ world, versions }: System, functions: readonly { deploy(version: number): void }[]): void {
  const { chance, faults, time } = world;
  if (versions.length < 2 || !faults.strikes('deploy', 'the code')) return;
  const rounds = 1 + chance.below('deployments', 3);
  for (let round = 1; round <= rounds; round += 1) {
    const version = chance.below('version', versions.length);
    const at = round * 30_000 * chance.at('deployed after');
    for (const each of functions)
      time.plan(at + chance.at('deployed one after the other') * 5_000, () => each.deploy(version));
  }
}
