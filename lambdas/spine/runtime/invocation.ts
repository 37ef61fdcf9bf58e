// What a batch function knows of its invocation.

export interface Invocation {
  /** How long until Lambda ends it. */
  remainingInMillis(): number;
}

/** The longest that Lambda lets an invocation run (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const LONGEST_IN_MILLIS = 900_000;

/** An invocation with the longest time there is, for callers other than Lambda. */
export const longestInvocation: Invocation = { remainingInMillis: () => LONGEST_IN_MILLIS };
