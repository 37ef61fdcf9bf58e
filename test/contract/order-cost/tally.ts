// What the functions ask of AWS, by function.

export interface Tally {
  readonly invocations: number;
  /** By service and action: `{ 'sqs.SendMessage': 2 }`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export class Tallies {
  #running = 'nobody';
  readonly #byFunction = new Map<
    string,
    { invocations: number; requests: Map<string, number>; read: number; write: number }
  >();

  /** What is counted from here on is that function's. */
  invoke(name: string): void {
    this.#running = name;
    this.#of(name).invocations += 1;
  }

  count(action: string, units: { readonly read?: number; readonly write?: number } = {}): void {
    const tally = this.#of(this.#running);
    tally.requests.set(action, (tally.requests.get(action) ?? 0) + 1);
    tally.read += units.read ?? 0;
    tally.write += units.write ?? 0;
  }

  /** @returns the counts so far, in the order of the names, and begins anew */
  take(): Readonly<Record<string, Tally>> {
    const taken = [...this.#byFunction].sort(([one], [other]) => (one < other ? -1 : 1));
    this.#byFunction.clear();
    return Object.fromEntries(
      taken.map(([name, { invocations, requests, read, write }]) => [
        name,
        { invocations, requests: Object.fromEntries([...requests].sort()), readUnits: read, writeUnits: write },
      ]),
    );
  }

  #of(name: string) {
    const known = this.#byFunction.get(name) ?? {
      invocations: 0,
      requests: new Map<string, number>(),
      read: 0,
      write: 0,
    };
    this.#byFunction.set(name, known);
    return known;
  }
}
