// How far behind their events the subscribers of a host were, as the functions' log tells in lines of the Embedded Metric Format.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LAG } from '../../lambdas/spine/bindings/metrics.ts';
import { functionLogFile } from '../../local/lifecycle/function-log.ts';

/** @returns by service, milliseconds from event time to done, of all that was done */
export async function lagsIn(dataDirectory: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const text = await readFile(join(dataDirectory, functionLogFile), 'utf8');
  const entries = text
    .split('\n')
    .filter((line) => line.includes(`"${LAG}":`))
    .map((line) => JSON.parse(line) as { readonly service: string; readonly [LAG]: number | readonly number[] });
  const byService = Map.groupBy(entries, ({ service }) => service);
  return new Map([...byService].map(([service, lines]) => [service, lines.flatMap((line) => line[LAG])]));
}
