// How long the steps of the start take, for the line that tells it.

export class Stopwatch {
  readonly #startedAt = performance.now();
  readonly #steps: string[] = [];

  /** Waits for the step and notes its duration. */
  async time<T>(step: string, work: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await work;
    this.#steps.push(`${step} ${seconds(startedAt)}`);
    return result;
  }

  /** `3.1 s: synthesis 1.6 s, services 0.9 s` */
  toString(): string {
    return `${seconds(this.#startedAt)}: ${this.#steps.join(', ')}`;
  }
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
