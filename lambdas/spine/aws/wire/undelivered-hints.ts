// What became of hints that were sent.

import { type EncodedHint, withoutEvents } from './bundle-codec.ts';
import type { Undelivered } from './delivery.ts';

export interface UndeliveredHints {
  /** The streams whose hints did not all get through. */
  readonly streams: ReadonlySet<string>;
  /** How the service names its refusals, each once. */
  readonly codes: readonly string[];
  /** Whether only content was refused, so that other hints may get through now. */
  readonly isOpen: boolean;
}

export const undeliveredHints = (
  undelivered: readonly Undelivered<{ readonly hints: readonly EncodedHint[] }>[],
): UndeliveredHints => ({
  streams: new Set(undelivered.flatMap(({ entry }) => entry.hints.map(({ stream }) => stream))),
  codes: [...new Set(undelivered.map(({ code }) => code))],
  isOpen: undelivered.every(({ refusal }) => refusal === 'content'),
});

/** A bundle's hints as smaller bundles: in halves, and at last a hint without its events. */
export function inSmallerBundles(hints: readonly EncodedHint[]): readonly (readonly EncodedHint[])[] {
  const [only, second] = hints;
  if (only === undefined) return [];
  if (second === undefined) return only.isBare ? [] : [[withoutEvents(only)]];
  const middle = Math.ceil(hints.length / 2);
  return [hints.slice(0, middle), hints.slice(middle)];
}
