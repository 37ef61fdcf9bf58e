// Lets one loop wait until something changes. A change is lost when nobody waits: check the state first, then wait.

export class WakeUp {
  #ring: () => void = () => {};

  ring(): void {
    this.#ring();
  }

  /** Resolves at the next ring, or after that time. */
  wait(limitInMillis?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = limitInMillis === undefined ? undefined : setTimeout(resolve, limitInMillis);
      this.#ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
