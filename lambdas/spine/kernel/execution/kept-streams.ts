// The newest state that a process knows of the streams that it touched: what the warm path decides on without reading. It may be
// behind the table at any time, which the condition of a write tells. States are shared between commands and never changed.
import type { StreamState } from './stream-state.ts';

/**
 * Of a state as JSON, of its keys and of what each costs besides: some 10,000 small streams. In memory that is several times
 * as much, in functions of 512 MB.
 */
export const MOST_BYTES_KEPT = 4 * 1024 * 1024;

/** Names, times, the maps' own entries. */
const BYTES_OF_AN_ENTRY = 400;

interface Folding {
  readonly generation: number;
}

export interface KeptStreams {
  /** The stream as this generation has it, if it is kept. */
  get<State>(decider: Folding & { readonly initialState: State }, stream: string): StreamState<State> | undefined;
  /** Keeps it, unless a newer one is kept. The least recently used streams make room. */
  keep<State>(decider: Folding, stream: string, current: StreamState<State>): void;
  /** Runs the task after those before it on the same stream, so that commands of one process do not race each other. */
  inTurn<Result>(stream: string, task: () => Promise<Result>): Promise<Result>;
}

interface Kept {
  readonly generation: number;
  readonly current: StreamState<unknown>;
  readonly bytes: number;
}

export function keptStreams(mostBytes = MOST_BYTES_KEPT): KeptStreams {
  const kept = new Map<string, Kept>();
  const turns = new Map<string, Promise<unknown>>();
  let bytes = 0;
  const forget = (stream: string): void => {
    bytes -= kept.get(stream)?.bytes ?? 0;
    kept.delete(stream);
  };
  return {
    get<State>({ generation }: Folding & { readonly initialState: State }, stream: string) {
      const found = kept.get(stream);
      if (found?.generation !== generation) return undefined;
      kept.delete(stream);
      kept.set(stream, found);
      return found.current as StreamState<State>;
    },
    keep({ generation }, stream, current) {
      const standing = kept.get(stream);
      const isNewer = standing?.generation !== generation || standing.current.version <= current.version;
      if (current.version === 0 || !isNewer) return;
      forget(stream);
      const entry = { generation, current, bytes: bytesOf(stream, current) };
      if (entry.bytes > mostBytes) return;
      kept.set(stream, entry);
      bytes += entry.bytes;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        forget(oldest);
      }
    },
    inTurn(stream, task) {
      const turn = (turns.get(stream) ?? Promise.resolve()).then(task);
      const settled = turn
        .catch(() => undefined)
        .finally(() => {
          if (turns.get(stream) === settled) turns.delete(stream);
        });
      turns.set(stream, settled);
      return turn;
    },
  };
}

function bytesOf(stream: string, { state, keys }: StreamState<unknown>): number {
  const ofRuns = keys?.runs.reduce((sum, { entries }) => sum + 100 + (entries?.length ?? 0), 0) ?? 0;
  const ofKeys = ofRuns + 150 * (keys?.recent.length ?? 0) + (keys?.filter?.length ?? 0);
  return BYTES_OF_AN_ENTRY + stream.length + JSON.stringify(state).length + ofKeys;
}
