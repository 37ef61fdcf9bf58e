// The files that functions are bundled from.
import type { Application } from './manifest.ts';

/** The functions that every application has, and the one that an edge brings. */
export const spineEntries = {
  relay: 'lambdas/spine/functions/relay/index.ts',
  'fan-out': 'lambdas/spine/functions/fan-out/index.ts',
  redrive: 'lambdas/spine/ops/redrive/index.ts',
  operations: 'lambdas/spine/functions/operations/index.ts',
  invalidator: 'lambdas/spine/edge/index.ts',
} as const;

/** @returns the file of each function's entry by the function's name, from the project's folder on */
export const functionEntriesOf = ({ functions }: Pick<Application, 'functions'>): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(functions).map(([name, { entry }]) => [name, entry])),
  ...spineEntries,
});
