// When the functions ended what they did for an order, as their log in the data directory says.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionLogFile } from '../../local/lifecycle/function-log.ts';

interface Handled {
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export async function handledBatches(dataDirectory: string): Promise<readonly Handled[]> {
  const lines = (await readFile(join(dataDirectory, functionLogFile), 'utf8')).split('\n');
  return lines
    .filter((line) => line.includes('"Handled a batch"'))
    .map((line) => JSON.parse(line) as { service: string; timestamp: string })
    .map(({ service, timestamp }) => ({ service, time: Date.parse(timestamp) }));
}

/** The hops of an event, in the order in which it passes them, and what passes the row on to who asks. */
const HOPS = ['relay', 'fan-out', 'order-detail-projector', 'order-fulfilment'] as const;

export type Hops = Readonly<Record<(typeof HOPS)[number], number>>;

/** @returns of each hop when it first ended after that time, in milliseconds after it */
export function firstEnds(handled: readonly Handled[], since: number): Hops {
  const endOf = (service: string): number =>
    (handled.find((each) => each.service === service && each.time >= since)?.time ?? Number.NaN) - since;
  return Object.fromEntries(HOPS.map((hop) => [hop, endOf(hop)])) as Hops;
}
