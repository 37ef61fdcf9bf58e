// A hint with one-letter names, as every wire version has it.
import type { Hint } from '../../kernel/pipeline/bundle.ts';

type WireEvent = readonly [type: string, schemaVersion: string, data: unknown, personal?: unknown];

export interface WireHint {
  /** Stream. */
  readonly s: string;
  /** Version of the first event. */
  readonly v: number;
  /** Id. */
  readonly i: string;
  /** Time. */
  readonly t: string;
  /** Correlation id. */
  readonly c: string;
  /** Causation id. */
  readonly x: string;
  /** Actor. */
  readonly a?: string;
  /** Events. */
  readonly e: readonly WireEvent[];
}

export const toWire = (hint: Hint): WireHint => ({
  s: hint.stream,
  v: hint.version,
  i: hint.id,
  t: hint.time,
  c: hint.correlationId,
  x: hint.causationId,
  ...(hint.actor === undefined ? {} : { a: hint.actor }),
  e: hint.events.map(({ type, schemaVersion, data, personal }) =>
    personal === undefined ? [type, schemaVersion, data] : [type, schemaVersion, data, personal],
  ),
});

export const fromWire = ({ s, v, i, t, c, x, a, e }: WireHint): Hint => ({
  stream: s,
  version: v,
  id: i,
  time: t,
  correlationId: c,
  causationId: x,
  ...(a === undefined ? {} : { actor: a }),
  events: e.map(([type, schemaVersion, data, personal]) =>
    personal === undefined ? { type, schemaVersion, data } : { type, schemaVersion, data, personal },
  ),
});
