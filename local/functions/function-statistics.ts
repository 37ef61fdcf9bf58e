// How often a function ran, how often it failed, and how long it took, in a histogram of bounded size.
import { createHistogram } from 'node:perf_hooks';
import type { FunctionStats } from '../ports.ts';

const microsPerMilli = 1000;

export class FunctionStatistics {
  readonly #name: string;
  readonly #durationsInMicros = createHistogram();
  #errors = 0;

  constructor(name: string) {
    this.#name = name;
  }

  record(durationInMillis: number, isError: boolean): void {
    this.#durationsInMicros.record(Math.max(1, Math.round(durationInMillis * microsPerMilli)));
    if (isError) this.#errors += 1;
  }

  snapshot(): FunctionStats {
    const { count: invocations } = this.#durationsInMicros;
    const percentileInMillis = (percentile: number): number =>
      invocations === 0 ? 0 : this.#durationsInMicros.percentile(percentile) / microsPerMilli;
    return {
      name: this.#name,
      invocations,
      errors: this.#errors,
      p50Ms: percentileInMillis(50),
      p99Ms: percentileInMillis(99),
    };
  }
}
