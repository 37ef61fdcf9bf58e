// What a batch function knows of its invocation.

export interface Invocation {
  /** How long until Lambda ends it. */
  remainingInMillis(): number;
}

/** The longest that Lambda lets an invocation run (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const LONGEST_IN_MILLIS = 900_000;

/** An invocation that has all the time that there can be: for who calls a function and is no Lambda. */
export const longestInvocation: Invocation = { remainingInMillis: () => LONGEST_IN_MILLIS };
