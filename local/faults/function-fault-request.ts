// The body of `POST /local/faults` for a function: what goes wrong with its next invocations.
import * as z from 'zod';
import { forAnother, wholeNumber } from './fault-rules.ts';
import { type Faults, faultModes } from './planned-faults.ts';

const mostTimes = 1000;
/** The longest time that Lambda gives a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostMillis = 900_000;

export interface FaultTarget {
  /** The function's name, as people know it. */
  readonly name: string;
  /** In the template. */
  readonly functionName: string;
  readonly getsBatches: boolean;
}

export function functionFaultRequest(targets: readonly FaultTarget[]) {
  const known = targets.map(({ name }) => name).sort();
  const target = z.string().transform((name, context): FaultTarget => {
    const found = targets.find((candidate) => candidate.name === name);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `must be one of ${known.join(', ')}` });
    return z.NEVER;
  });
  return z
    .strictObject({
      function: target,
      mode: z.enum(faultModes, `must be one of ${faultModes.join(', ')}`),
      times: wholeNumber(0, mostTimes),
      millis: wholeNumber(1, mostMillis).optional(),
    })
    .superRefine(({ function: { name, getsBatches }, mode, times, millis }, context) => {
      if (!getsBatches && (mode === 'shuffle' || mode === 'drop')) {
        const message = `must be throw, crash, duplicate or slow for ${name}, which gets no batches to ${mode}`;
        context.addIssue({ code: 'custom', path: ['mode'], message });
      }
      if (mode !== 'slow') forAnother(context, 'millis', millis, 'mode slow');
      else if (millis === undefined && times > 0)
        context.addIssue({ code: 'custom', path: ['millis'], message: 'must say how much longer each takes' });
    })
    .transform(({ function: { name, functionName }, mode, times, millis }) => {
      const faults: Faults = mode === 'slow' ? { mode, times, millis: millis ?? 0 } : { mode, times };
      return { name, functionName, faults, answer: { function: name, mode, times, ...(millis && { millis }) } };
    });
}
