// What of a cold start is the function's own: its bundle's size, and the time to its first answer beside an empty handler's.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchOptions, Progress, Row } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { median, spread } from '../suite/statistics.ts';
import { type Bundle, buildBundles } from './bundles.ts';
import { emptyService } from './empty-service.ts';
import { eventFor, firstAnswer } from './first-answer.ts';
import { variablesOf } from './variables.ts';

const STARTS_A_ROUND = 5;

export const bench: Bench = {
  name: 'cold-start',
  summary:
    'starts each function in a fresh Node: size, time to the first answer, ratio to an empty handler with the same clients',
  async run(options, progress) {
    const folder = await mkdtemp(join(tmpdir(), 'eventspine-cold-start-'));
    const service = emptyService();
    try {
      const bundles = await buildBundles(folder);
      const variables = await variablesOf(folder, await service.url());
      const measured: Measured[] = [];
      for (const bundle of bundles) measured.push(await measure(bundle, variables(bundle.name), options, progress));
      return {
        rows: measured.map(({ bundle: { name, kilobytes }, ours, empty }) => ({
          ...{ function: name, kilobytes, millis: median(ours), emptyMillis: median(empty) },
          ratio: median(ours) / median(empty),
        })),
        tables: [{ title: 'From the start of the process to the first answer', rows: measured.map(tableRow) }],
      };
    } finally {
      service.close();
      await rm(folder, { recursive: true });
    }
  },
};

interface Measured {
  readonly bundle: Bundle;
  /** Milliseconds. */
  readonly ours: readonly number[];
  readonly empty: readonly number[];
}

async function measure(
  bundle: Bundle,
  variables: Readonly<Record<string, string>>,
  { rounds, isQuick }: BenchOptions,
  progress: Progress,
): Promise<Measured> {
  progress(bundle.name);
  const systems = [
    { name: 'ours', folder: bundle.ours },
    { name: 'empty', folder: bundle.empty },
  ];
  const starts = isQuick ? 2 : rounds * STARTS_A_ROUND;
  const event = eventFor(bundle.name);
  const millis = await interleaved(starts, systems, ({ folder }) => firstAnswer(folder, event, variables));
  return { bundle, ours: millis.get('ours') ?? [], empty: millis.get('empty') ?? [] };
}

const tableRow = ({ bundle: { name, kilobytes }, ours, empty }: Measured): Row => ({
  function: name,
  KB: Math.round(kilobytes),
  'ms, p50 (least–most)': spread(ours),
  'empty, ms': spread(empty),
  ratio: Number((median(ours) / median(empty)).toFixed(2)),
});
