// What the preload writes for each thread.
import type { Profiler } from 'node:inspector';

/** Environment variable: where the profiles are written. */
export const PROFILE_FOLDER = 'BENCH_PROFILE_FOLDER';

export interface ThreadProfile {
  /** Its name; of a process, its script's. */
  readonly thread: string;
  /** That the thread had while it was sampled: a sample says only that it wanted to run. */
  readonly cpuMillis: number;
  readonly profile: Profiler.Profile;
}
