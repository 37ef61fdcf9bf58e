// What is to go wrong with the next invocations of each function.

export const faultModes = ['throw', 'crash', 'duplicate', 'shuffle', 'drop'] as const;
export type FaultMode = (typeof faultModes)[number];

export interface Faults {
  readonly mode: FaultMode;
  /** How many invocations in a row. */
  readonly times: number;
}

/** Kept in memory: a restart forgets them. */
export class PlannedFaults {
  readonly #byFunction = new Map<string, readonly Faults[]>();

  /** What was planned for the function before comes first. */
  plan(functionName: string, faults: Faults): void {
    this.#byFunction.set(functionName, [...(this.#byFunction.get(functionName) ?? []), faults]);
  }

  /** Takes the fault of the function's next invocation; `undefined` for none. */
  take(functionName: string): FaultMode | undefined {
    const [next, ...later] = this.#byFunction.get(functionName) ?? [];
    if (next === undefined) return undefined;
    const { mode, times } = next;
    this.#byFunction.set(functionName, times > 1 ? [{ mode, times: times - 1 }, ...later] : later);
    return mode;
  }
}
