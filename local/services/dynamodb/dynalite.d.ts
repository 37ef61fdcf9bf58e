// What we use of dynalite, which ships no types.
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** Folder of the LevelDB store; in memory without one. */
    readonly path?: string;
    readonly createTableMs: number;
    readonly updateTableMs?: number;
    readonly deleteTableMs: number;
  }

  /** A server whose `close` closes the store too. */
  export default function dynalite(options: Options): Server;
}
