// The folded state as it rides in a commit: the number of its fold, then JSON, compressed. A storage format.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type * as z from 'zod';
import { byteReader, writeNumber } from './byte-codec.ts';

/** Nothing that was written is larger; what claims to be is no state. */
const MOST_BYTES_OF_STATE = 64 * 1024 * 1024;

interface Fold<State> {
  readonly foldVersion: number;
  readonly stateSchema: z.ZodType<State>;
}

export function packState<State>({ foldVersion }: Pick<Fold<State>, 'foldVersion'>, state: State): Uint8Array {
  const fold: number[] = [];
  writeNumber(fold, foldVersion);
  return new Uint8Array(Buffer.concat([Uint8Array.from(fold), deflateRawSync(JSON.stringify(state))]));
}

/** @returns `undefined` for a state of another fold, and for one that does not parse */
export function unpackState<State>(
  { foldVersion, stateSchema }: Fold<State>,
  packed: Uint8Array,
): { readonly state: State } | undefined {
  try {
    const reader = byteReader(packed);
    if (reader.number() !== foldVersion) return undefined;
    const json = inflateRawSync(reader.rest(), { maxOutputLength: MOST_BYTES_OF_STATE });
    const state = stateSchema.safeParse(JSON.parse(json.toString()));
    return state.success ? { state: state.data } : undefined;
  } catch {
    return undefined;
  }
}
