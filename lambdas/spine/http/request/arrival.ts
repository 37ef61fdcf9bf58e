// When a request came, and the name that it gets here: what it leads to is told by them.
import { ulid } from 'ulid';

export interface Arrival {
  /** A ULID. */
  readonly id: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
}

export const arrivingNow = (): Arrival => ({ id: ulid(), time: new Date().toISOString() });
