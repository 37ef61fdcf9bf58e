// The ways a deployment goes, as the versions of the code that are live at once, one phase after the other.
import fc from 'fast-check';

export interface Rollout<Version> {
  readonly name: string;
  readonly phases: readonly (readonly Version[])[];
  /** What all of the code is in the end. */
  readonly last: Version;
}

/** Stopped half way, completed, or completed and rolled back. */
export function rolloutsOf<Version extends { readonly name: string }>(
  old: Version,
  next: Version,
  before: readonly (readonly Version[])[] = [],
): readonly Rollout<Version>[] {
  const begun = [...before, [old], [old, next]];
  const name = `${old.name} to ${next.name}`;
  return [
    { name: `${name}, stopped half way`, phases: [...begun, [old]], last: old },
    { name, phases: [...begun, [next]], last: next },
    { name: `${name} and back`, phases: [...begun, [next], [old, next], [old]], last: old },
  ];
}

/** Three versions of the code: the second after the first, the third after the second, and after a second that was rolled back. */
export const threeVersions = <Version extends { readonly name: string }>(
  first: Version,
  second: Version,
  third: Version,
): readonly Rollout<Version>[] => [
  ...rolloutsOf(first, second),
  ...rolloutsOf(second, third, [[first], [first, second]]),
  ...rolloutsOf(first, third, [[first], [first, second], [second], [first, second]]),
];

/** Random interleavings of each rollout. */
export const RUNS = Number(process.env['MATRIX_RUNS'] ?? 50);

export const timeout = Math.max(20_000, 300 * RUNS);

export interface Step {
  readonly kind: 'command' | 'deliver' | 'read' | 'list' | 'load';
  /** Picks among what there is: versions, messages, clients. */
  readonly which: number;
  readonly stream: number;
  /** How many calls of those under way go on before the next step begins. */
  readonly pace: number;
}

const kinds = ['command', 'command', 'deliver', 'deliver', 'read', 'read', 'list', 'load'] as const;

/** What happens in one phase. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat(999), stream: fc.nat(1), pace: fc.nat(6) }),
  { minLength: 4, maxLength: 10 },
);
