// Faults of the local host's functions: what is to go wrong, and what has.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ApiClient } from './api-client.ts';

export interface Fault {
  readonly function: string;
  readonly mode: 'throw' | 'crash' | 'duplicate' | 'shuffle' | 'drop' | 'slow';
  /** How many invocations in a row. */
  readonly times: number;
  /** How much longer each takes, in mode `slow`. */
  readonly millis?: number;
}

export interface ServiceFault {
  readonly service: 'payments' | 'email' | 'queue';
  readonly name?: string;
  readonly mode: 'down' | 'throttle';
  /** 0 ends it. */
  readonly seconds: number;
  readonly perSecond?: number;
}

/** What was planned for a function before comes first. */
export async function plan(anyone: ApiClient, fault: Fault | ServiceFault): Promise<void> {
  expect(await anyone.post('/local/faults', fault)).toMatchObject({ status: 200, body: fault });
}

/** How many faults have happened since the host's start, as the functions' log tells. */
export async function faultsHappened(dataDirectory: string): Promise<number> {
  const log = await readFile(join(dataDirectory, 'functions.log'), 'utf8');
  return log.split('\n').filter((entry) => entry.includes('A fault, as it was asked for')).length;
}
