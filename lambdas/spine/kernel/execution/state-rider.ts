// The folded state as it rides in a commit: the generation of its decider, how it is packed, then JSON. A storage format.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type * as z from 'zod';
import { byteReader, writeNumber } from '../byte-codec.ts';

/** No state that was written is larger; what claims to be is not a state. */
const MOST_BYTES_OF_STATE = 64 * 1024 * 1024;

/** Below this size compression saves next to nothing, and takes longer than the rest of a command. */
const FEWEST_BYTES_TO_COMPRESS = 256;

const PLAIN = 0;
const DEFLATED = 1;

interface Fold<State> {
  readonly generation: number;
  readonly stateSchema: z.ZodType<State>;
}

export function packState<State>({ generation }: Pick<Fold<State>, 'generation'>, state: State): Uint8Array {
  const json = Buffer.from(JSON.stringify(state));
  const isSmall = json.length < FEWEST_BYTES_TO_COMPRESS;
  const head: number[] = [];
  writeNumber(head, generation);
  head.push(isSmall ? PLAIN : DEFLATED);
  return new Uint8Array(Buffer.concat([Uint8Array.from(head), isSmall ? json : deflateRawSync(json)]));
}

/** @returns `undefined` for a state of another generation, and for one that does not parse */
export function unpackState<State>(
  { generation, stateSchema }: Fold<State>,
  packed: Uint8Array,
): { readonly state: State } | undefined {
  try {
    const reader = byteReader(packed);
    if (reader.number() !== generation) return undefined;
    const isDeflated = reader.byte() === DEFLATED;
    const rest = reader.rest();
    const json = isDeflated ? inflateRawSync(rest, { maxOutputLength: MOST_BYTES_OF_STATE }) : Buffer.from(rest);
    const state = stateSchema.safeParse(JSON.parse(json.toString()));
    return state.success ? { state: state.data } : undefined;
  } catch {
    return undefined;
  }
}
