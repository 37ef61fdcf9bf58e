// How many records and messages the functions of a local host have handled, from their own logs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { StatusBody } from './contract-bodies.ts';

export interface Traffic {
  /** Records of the event stream that the fan-out got; a repeated one counts again. */
  readonly streamRecords: number;
  /** Messages that functions got from their queues; a repeated one counts again. */
  readonly queueMessages: number;
}

/**
 * Counts what was handled since the host's start.
 * @param status of an idle host: it tells how many batches the log must have, as its last lines may still be on their way
 */
export const trafficOf = (dataDirectory: string, { functions }: StatusBody): Promise<Traffic> =>
  vi.waitFor(() => trafficLogged(dataDirectory, functions), { timeout: 10_000 });

async function trafficLogged(dataDirectory: string, functions: StatusBody['functions']): Promise<Traffic> {
  const batches = await loggedBatches(join(dataDirectory, 'functions.log'));
  for (const { name, invocations } of functions) {
    const logged = batches.filter(({ service }) => service === name).length;
    if (takesBatches(name) && logged !== invocations) {
      throw new Error(`${name} has handled ${invocations} batches; its log has ${logged}`);
    }
  }
  const recordsOf = (isMeant: (service: string) => boolean) =>
    batches.filter(({ service }) => isMeant(service)).reduce((sum, { records }) => sum + records, 0);
  return { streamRecords: recordsOf((name) => name === 'fan-out'), queueMessages: recordsOf(takesMessages) };
}

const takesMessages = (name: string): boolean =>
  name.endsWith('-projector') || name === 'order-fulfilment' || name === 'notifications';
const takesBatches = (name: string): boolean => name === 'relay' || name === 'fan-out' || takesMessages(name);

interface Batch {
  readonly service: string;
  readonly records: number;
}

async function loggedBatches(file: string): Promise<Batch[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes('Handled a batch'));
  return lines.map((line) => JSON.parse(line));
}
