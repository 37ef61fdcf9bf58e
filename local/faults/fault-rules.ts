// Rules that the bodies of `POST /local/faults` share.
import * as z from 'zod';

export function wholeNumber(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.int(rule).min(least, rule).max(most, rule);
}

/** Refuses a property that was given where it means nothing. */
export function forAnother(context: z.RefinementCtx, property: string, given: unknown, purpose: string): void {
  if (given !== undefined)
    context.addIssue({ code: 'custom', path: [property], message: `must not be set but for ${purpose}` });
}
