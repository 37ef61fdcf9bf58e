// The faults planned for the next invocations of each function.

export const faultModes = ['throw', 'crash', 'duplicate', 'shuffle', 'drop', 'slow'] as const;
export type FaultMode = (typeof faultModes)[number];

export type Fault =
  | { readonly mode: Exclude<FaultMode, 'slow'> }
  /** By how much longer it takes. */
  | { readonly mode: 'slow'; readonly millis: number };

export type Faults = Fault & {
  /** How many invocations in a row. 0 cancels planned faults of that mode. */
  readonly times: number;
};

/** Kept in memory: a restart forgets them. */
export class PlannedFaults {
  readonly #byFunction = new Map<string, readonly Faults[]>();

  /** Earlier faults of the same function come first. */
  plan(functionName: string, faults: Faults): void {
    const planned = this.#byFunction.get(functionName) ?? [];
    const kept = faults.times === 0 ? planned.filter(({ mode }) => mode !== faults.mode) : [...planned, faults];
    this.#byFunction.set(functionName, kept);
  }

  /** Takes the fault of the function's next invocation; `undefined` for none. */
  take(functionName: string): Fault | undefined {
    const [next, ...later] = this.#byFunction.get(functionName) ?? [];
    if (next === undefined) return undefined;
    const { times, ...fault } = next;
    this.#byFunction.set(functionName, times > 1 ? [{ ...fault, times: times - 1 }, ...later] : later);
    return fault;
  }
}
