// The schedules among the resources: EventBridge's rules that send to a queue at a rate.
import * as z from 'zod';
import type { Resource } from '../ports.ts';

const secondsOf = { minute: 60, minutes: 60, hour: 3_600, hours: 3_600, day: 86_400, days: 86_400 } as const;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-rate-expressions */
const rate = z.string().transform((text, context) => {
  const [, count, unit] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined)
    return Number(count) * secondsOf[unit as keyof typeof secondsOf] * 1_000;
  context.addIssue({ code: 'custom', message: `only a rate is known here: ${text}` });
  return z.NEVER;
});

const properties = z
  .object({
    ScheduleExpression: rate,
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    EventPattern: z.undefined('event patterns are not known here').optional(),
    Targets: z.array(
      z.object({ Arn: z.string().regex(/^arn:[^:]+:sqs:/, 'only a queue is known here'), Input: z.string() }),
    ),
  })
  .transform(({ ScheduleExpression: periodInMillis, State, Targets }) => ({
    periodInMillis,
    isEnabled: State === 'ENABLED',
    targets: Targets.map(({ Arn: queueArn, Input: input }) => ({ queueArn, input })),
  }));

export type Schedule = z.infer<typeof properties> & { readonly name: string };

/** @throws Error that names the resource, for a setting that is not known here */
export const schedulesIn = (resources: readonly Resource[]): readonly Schedule[] =>
  resources
    .filter(({ type }) => type === 'AWS::Events::Rule')
    .map(({ stack, path, logicalId, properties: given }) => {
      const { success, data, error } = properties.safeParse(given);
      if (success) return { ...data, name: logicalId };
      throw new Error(`${stack}/${path}: ${z.prettifyError(error)}`);
    })
    .filter(({ isEnabled }) => isEnabled);
