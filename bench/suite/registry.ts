// Finds the benchmarks: every folder of `bench/` with a `bench.ts` that exports one as `bench`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './definition.ts';

const folder = join(import.meta.dirname, '..');

export const benchNames = (): string[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'bench.ts')))
    .sort();

export async function loadBench(name: string): Promise<Bench> {
  const { bench } = (await import(`../${name}/bench.ts`)) as { bench: Bench };
  return bench;
}
