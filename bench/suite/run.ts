// Runs benches one after the other: tables as they come, a results file each, and with `--json` one object at the end.
import type { Arguments } from './arguments.ts';
import type { Bench, BenchResult } from './definition.ts';
import { tablesOf, textOf } from './table-text.ts';

export interface SuitePorts {
  load(name: string): Promise<Bench>;
  /** Standard output. */
  print(text: string): void;
  /** Standard error. */
  tell(text: string): void;
  /** Keeps the result, and says where. */
  save(name: string, result: BenchResult): Promise<string>;
}

/** @returns whether every bench ran to its end; one that fails stops none of the others */
export async function runSuite(options: Arguments, ports: SuitePorts): Promise<boolean> {
  const done: (readonly [string, BenchResult])[] = [];
  for (const name of options.names) {
    try {
      done.push([name, await runOne(name, options, ports)]);
    } catch (error) {
      ports.tell(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
  }
  if (options.isJson) ports.print(`${JSON.stringify(jsonOf(done, options.names.length))}\n`);
  return done.length === options.names.length;
}

async function runOne(name: string, options: Arguments, ports: SuitePorts): Promise<BenchResult> {
  const bench = await ports.load(name);
  ports.tell(`${name}: ${bench.summary}\n`);
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0).padStart(5);
  const result = await bench.run(options, (line) => ports.tell(`${seconds()} s  ${name}: ${line}\n`));
  if (!options.isJson) for (const table of tablesOf(name, result)) ports.print(`\n${textOf(table)}\n`);
  ports.tell(`${seconds()} s  ${name}: kept in ${await ports.save(name, result)}\n`);
  return result;
}

/** One bench that was asked for: its rows. Several: each under its name. */
const jsonOf = (done: readonly (readonly [string, BenchResult])[], asked: number): unknown => {
  const named = done.map(([name, { rows }]) => [name, { rows }] as const);
  return asked === 1 ? (named[0]?.[1] ?? { rows: [] }) : Object.fromEntries(named);
};
