// The file of a result: with the commit, the versions and the machine that it comes from.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import type { BenchOptions, BenchResult } from './definition.ts';
import { tablesOf } from './table-text.ts';

const folder = join(import.meta.dirname, '../results');
const BYTES_PER_GIB = 2 ** 30;

/** Writes `bench/results/<name>.json`; a quick run's beside it, as `<name>.quick.json`, where git ignores it. */
export async function saveResult(
  name: string,
  { rounds, isQuick, isProfiled }: BenchOptions,
  result: BenchResult,
): Promise<string> {
  const path = join(folder, `${name}${isProfiled ? '.profile' : ''}${isQuick ? '.quick' : ''}.json`);
  const content = {
    bench: name,
    measuredAt: new Date().toISOString(),
    rounds,
    isQuick,
    commit: git('rev-parse', '--short', 'HEAD'),
    isChanged: git('status', '--porcelain', '--', 'lambdas', 'local', 'lib', 'bench/*.ts') !== '',
    versions: { node: process.version, ...result.versions },
    machine: machine(),
    rows: result.rows,
    tables: tablesOf(name, result),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
  return relative(process.cwd(), path);
}

const git = (...parameters: string[]): string =>
  spawnSync('git', parameters, { cwd: folder, encoding: 'utf8' }).stdout?.trim() ?? '';

/** What a reader needs to judge the figures; nothing that names the machine. */
const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryInGib: Math.round(totalmem() / BYTES_PER_GIB),
  system: platform(),
});
