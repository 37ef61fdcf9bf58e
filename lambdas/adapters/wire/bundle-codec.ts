// The wire form of a bundle: JSON in ASCII with one-letter names, version 1. Readers of the next version must still read this
// one: records stay on the stream for its whole retention.
import { bareHint, type Hint } from '../../kernel/bundle.ts';
import { EventspineError } from '../../kernel/errors.ts';
import { asciiJson } from './ascii-json.ts';

/** A hint in its wire form, ready to be joined with others. */
export interface EncodedHint {
  readonly stream: string;
  /** ASCII. */
  readonly text: string;
  readonly bytes: number;
  /** Whether it goes without its events, and the event table has them. */
  readonly isBare: boolean;
}

export class MalformedBundleError extends EventspineError {
  readonly code = 'malformed_bundle';
}

/** A hint larger than that travels without its events. */
export const MAX_HINT_BYTES = 100_000;

type WireEvent = readonly [type: string, schemaVersion: string, data: unknown, personal?: unknown];

interface WireHint {
  readonly s: string;
  readonly v: number;
  readonly i: string;
  readonly t: string;
  readonly c: string;
  readonly x: string;
  readonly a?: string;
  readonly e: readonly WireEvent[];
}

export function encodeHint(hint: Hint): EncodedHint {
  const text = asciiJson(toWire(hint));
  const isBare = hint.events.length === 0;
  if (isBare || text.length <= MAX_HINT_BYTES) return { stream: hint.stream, text, bytes: text.length, isBare };
  return encodeHint(bareHint(hint));
}

/** The same hint without its events. */
export const withoutEvents = ({ text }: EncodedHint): EncodedHint => encodeHint(bareHint(fromWire(JSON.parse(text))));

export const encodeBundle = (hints: readonly EncodedHint[]): string =>
  `{"v":1,"h":[${hints.map(({ text }) => text).join(',')}]}`;

/** @throws MalformedBundleError when the text is no bundle of a version that this code knows */
export function decodeBundle(text: string): Hint[] {
  let bundle: { v?: unknown; h?: readonly WireHint[] };
  try {
    bundle = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold personal data.
    throw new MalformedBundleError('A bundle is not JSON');
  }
  if (bundle?.v !== 1 || !Array.isArray(bundle.h)) {
    throw new MalformedBundleError(`A bundle has wire version ${String(bundle?.v)}; this code reads 1`);
  }
  return bundle.h.map(fromWire);
}

const toWire = (hint: Hint): WireHint => ({
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

const fromWire = ({ s, v, i, t, c, x, a, e }: WireHint): Hint => ({
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
