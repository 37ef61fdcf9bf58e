// What a benchmark is. Each lives in `bench/<name>/bench.ts` and is found there.

export interface BenchOptions {
  /** How often each system is measured; they take turns, so that a busy moment of the machine hits all of them. */
  readonly rounds: number;
  /** Small enough to see within a minute or two that it works; its figures mean little. */
  readonly isQuick: boolean;
  /** Whose time it is, in the place of how much: of the benches that can tell. */
  readonly isProfiled: boolean;
}

/** Tells the terminal how far it is: one line, on standard error. */
export type Progress = (line: string) => void;

export type Cell = string | number | boolean | undefined;
export type Row = Readonly<Record<string, Cell>>;

export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface BenchResult {
  /** What `--json` prints. */
  readonly rows: readonly Row[];
  /** What the terminal and the results file show, with spreads; the rows where there is nothing to add. */
  readonly tables?: readonly Table[];
  /** What ran beside our code, by name: `{ castore: '2.4.2' }`. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface Bench {
  /** The name of its folder. */
  readonly name: string;
  /** One line: the work, and what is reported. */
  readonly summary: string;
  run(options: BenchOptions, progress: Progress): Promise<BenchResult>;
}
