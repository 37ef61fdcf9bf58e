// What a batch function knows of its invocation.

export interface Invocation {
  /** How long until Lambda ends it. */
  remainingInMillis(): number;
  /**
   * Calls back after so long, unless it is called off.
   * @returns calls it off
   * @default by the machine's own clock
   */
  after?(millis: number, ring: () => void): () => void;
}

/** The longest that Lambda lets an invocation run (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const LONGEST_IN_MILLIS = 900_000;

/** By the machine's own clock. */
export function ringAfter(millis: number, ring: () => void): () => void {
  const timer = setTimeout(ring, millis);
  return () => clearTimeout(timer);
}

/** An invocation with the longest time there is, for callers other than Lambda. */
export const longestInvocation: Invocation = { remainingInMillis: () => LONGEST_IN_MILLIS };
