// Work in turns: what has the same key runs one after the other, in the order it came; other keys run beside it.

export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` after everything that came before it under this key, whatever became of that. */
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
