// The wire form of a bundle, in ASCII. Version 1 is JSON; version 2 is packed. Code writes the version that it is told to, or an earlier
// one where that is smaller, and reads both: records stay on the stream for its whole retention, and old and new code run side by side
// in every deployment (docs/adr/0039-bundles-that-are-packed.md).

import { EventspineError } from '../../kernel/errors.ts';
import { bareHint, type Hint } from '../../kernel/pipeline/bundle.ts';
import { asciiJson } from './ascii-json.ts';
import { pack, unpack } from './packed-hints.ts';
import { fromWire, toWire, type WireHint } from './wire-hint.ts';

/** A hint in its wire form, ready to be joined with others. */
export interface EncodedHint {
  readonly stream: string;
  readonly wire: WireHint;
  /** The hint in version 1: ASCII. */
  readonly text: string;
  /** Of the text: what it takes in a bundle at most. */
  readonly bytes: number;
  /** Whether it travels without its events, which the event table has. */
  readonly isBare: boolean;
}

export class MalformedBundleError extends EventspineError {
  readonly code = 'malformed_bundle';
}

/** The newest version that a writer may write. */
export type WireVersion = 1 | 2;

/** @throws RangeError for a number that is no version */
export function wireVersionOf(number: number): WireVersion {
  if (number === 1 || number === 2) return number;
  throw new RangeError(`A wire version must be 1 or 2, got ${number}`);
}

/** A hint larger than that travels without its events. */
export const MAX_HINT_BYTES = 100_000;

export function encodeHint(hint: Hint): EncodedHint {
  const wire = toWire(hint);
  const text = asciiJson(wire);
  const isBare = hint.events.length === 0;
  if (isBare || text.length <= MAX_HINT_BYTES) return { stream: hint.stream, wire, text, bytes: text.length, isBare };
  return encodeHint(bareHint(hint));
}

/** The same hint without its events. */
export const withoutEvents = ({ wire }: EncodedHint): EncodedHint => encodeHint(bareHint(fromWire(wire)));

/** @param newest newest version that every possible reader of the bundle reads; all read 1 */
export function encodeBundle(hints: readonly EncodedHint[], newest: WireVersion = 1): string {
  const plain = `{"v":1,"h":[${hints.map(({ text }) => text).join(',')}]}`;
  if (newest === 1) return plain;
  const packed = `{"v":2,"z":"${pack(hints.map(({ wire }) => wire))}"}`;
  return packed.length < plain.length ? packed : plain;
}

interface WireBundle {
  readonly v?: unknown;
  readonly h?: readonly WireHint[];
  readonly z?: string;
}

/** @throws MalformedBundleError when the text is no bundle of a version that this code knows, or one that inflates without bound */
export function decodeBundle(text: string): Hint[] {
  const bundle = jsonIn(text);
  if (bundle?.v === 1 && Array.isArray(bundle.h)) return bundle.h.map(fromWire);
  if (bundle?.v === 2 && typeof bundle.z === 'string') return unpacked(bundle.z).map(fromWire);
  throw new MalformedBundleError(`A bundle has wire version ${String(bundle?.v)}; this code reads 1 and 2`);
}

function jsonIn(text: string): WireBundle | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold personal data.
    throw new MalformedBundleError('A bundle is not JSON');
  }
}

function unpacked(packed: string): WireHint[] {
  try {
    return unpack(packed);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'columns that do not fit';
    throw new MalformedBundleError(`A bundle of wire version 2 cannot be unpacked: ${reason}`);
  }
}
