// What one order asks of AWS, alone and so at its dearest: measured by test/contract/order-cost.test.ts, which fails when it rises.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Requests {
  readonly invocations: number;
  /** By service and action: `{ "sqs.SendMessage": 2 }`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface Measured {
  readonly order: {
    readonly functions: Readonly<Record<string, Requests>>;
    /** Messages of the fan-out, by subscriber. */
    readonly hints: Readonly<Record<string, number>>;
    readonly commits: number;
    readonly emails: number;
    readonly tags: number;
  };
  /** By route, one each. */
  readonly queries: Readonly<Record<string, Requests>>;
  readonly stage: {
    readonly alarms: number;
    readonly dashboards: number;
    /** Requests a second that a route takes. */
    readonly routes: Readonly<Record<string, number>>;
    readonly polledQueues: number;
    readonly lanes: number;
    readonly hintsPerMessage: Readonly<Record<string, number>>;
    readonly memoryInMegabytes: Readonly<Record<string, number>>;
  };
}

export const measured: Measured = JSON.parse(readFileSync(join(import.meta.dirname, 'requests.json'), 'utf8'));

/** Bytes of an order, measured beside them; a tenth more or less is the ids'. */
export const sizes = {
  /** In the event table. */
  events: 8_900,
  /** In the read tables, each of them once; indexes have a part of it again. */
  rows: 720,
  /** A record of the event stream that holds one commit, on average. */
  loneRecord: 280,
  /** What another commit adds to a record. */
  bundledCommit: 130,
  /** Log lines of all functions. */
  logs: 34_500,
};
