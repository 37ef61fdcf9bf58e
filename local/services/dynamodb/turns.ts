// Work in turns: work with the same key runs in the order in which it came, one after the other; other keys run concurrently.

export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` after everything that came before it under this key, whether that succeeded or failed. */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    }
  }
}
