// A simulation as a person reads it.
import type { Simulation } from './simulate.ts';
import type { Step } from './world/world.ts';

/** One line a step, with the seconds since the start. */
export const storyOf = ({ story }: Pick<Simulation, 'story'>): string =>
  story.map(({ at, who, what }: Step) => `${(at / 1_000).toFixed(3).padStart(11)} s  ${who}: ${what}`).join('\n');

export function summaryOf({ seed, violations, faults, acts, steps }: Simulation): string {
  const lines = [
    `Seed ${seed}: ${steps} steps`,
    ...acts.map((act) => `  act    ${act}`),
    ...faults.map(({ id }) => `  fault  ${id}`),
    ...violations.map((violation) => `  WRONG  ${violation}`),
    ...(violations.length === 0 ? ['  All is as it must be'] : []),
  ];
  return lines.join('\n');
}
