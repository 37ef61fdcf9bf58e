// The settings of an event source mapping, with Lambda's own defaults and limits. What the local host cannot do is refused here, not
// skipped.
import * as z from 'zod';
import type { Resource } from '../ports.ts';

const notKnownHere = (property: string) => z.undefined(`${property} is not known here`).optional();

const batchingWindow = z.number().min(0).max(300).default(0);
const reportsItemFailures = z
  .array(z.literal('ReportBatchItemFailures'))
  .default([])
  .transform((types) => types.length > 0);

const common = {
  FunctionName: z.string().transform((nameOrArn) => nameOrArn.replace(/^arn:.*:function:/, '')),
  EventSourceArn: z.string(),
  Enabled: z.boolean().default(true),
  FilterCriteria: notKnownHere('FilterCriteria'),
  FunctionResponseTypes: reportsItemFailures,
  MaximumBatchingWindowInSeconds: batchingWindow,
};

/** -1 stands for no limit, as in the template. */
const unlimited = -1;

const streamProperties = z
  .object({
    ...common,
    StartingPosition: z.literal('TRIM_HORIZON'),
    BatchSize: z.int().min(1).max(10_000).default(100),
    ParallelizationFactor: z.int().min(1).max(10).default(1),
    MaximumRetryAttempts: z.int().min(unlimited).max(10_000).default(unlimited),
    MaximumRecordAgeInSeconds: z.int().min(unlimited).max(604_800).default(unlimited),
    BisectBatchOnFunctionError: z.boolean().default(false),
    TumblingWindowInSeconds: notKnownHere('TumblingWindowInSeconds'),
    DestinationConfig: z
      .object({
        OnFailure: z.object({ Destination: z.string().regex(/^arn:[^:]+:sqs:/, 'only a queue is known here') }),
      })
      .optional(),
  })
  .transform((properties) => ({
    functionName: properties.FunctionName,
    sourceArn: properties.EventSourceArn,
    isEnabled: properties.Enabled,
    reportsItemFailures: properties.FunctionResponseTypes,
    batchingWindowInMillis: properties.MaximumBatchingWindowInSeconds * 1000,
    batchSize: properties.BatchSize,
    lanesPerShard: properties.ParallelizationFactor,
    maximumRetryAttempts: orUnlimited(properties.MaximumRetryAttempts),
    maximumRecordAgeInMillis: orUnlimited(properties.MaximumRecordAgeInSeconds) * 1000,
    bisects: properties.BisectBatchOnFunctionError,
    onFailureQueueArn: properties.DestinationConfig?.OnFailure.Destination,
  }));

const queueProperties = z
  .object({
    ...common,
    BatchSize: z.int().min(1).max(10_000).default(10),
    /** AWS has no limit by default; a machine with few cores has a low one. */
    ScalingConfig: z.object({ MaximumConcurrency: z.int().min(2).max(1000) }).default({ MaximumConcurrency: 2 }),
  })
  .refine(
    ({ BatchSize, MaximumBatchingWindowInSeconds: window }) => BatchSize <= 10 || window >= 1,
    'a batch of more than 10 messages needs a MaximumBatchingWindowInSeconds of at least 1',
  )
  .transform((properties) => ({
    functionName: properties.FunctionName,
    sourceArn: properties.EventSourceArn,
    isEnabled: properties.Enabled,
    reportsItemFailures: properties.FunctionResponseTypes,
    batchingWindowInMillis: properties.MaximumBatchingWindowInSeconds * 1000,
    batchSize: properties.BatchSize,
    concurrency: properties.ScalingConfig.MaximumConcurrency,
  }));

export type StreamSettings = z.infer<typeof streamProperties>;
export type QueueSettings = z.infer<typeof queueProperties>;

const orUnlimited = (limit: number): number => (limit === unlimited ? Number.POSITIVE_INFINITY : limit);

export const streamSettings = (resource: Resource): StreamSettings => parsed(resource, streamProperties);
export const queueSettings = (resource: Resource): QueueSettings => parsed(resource, queueProperties);

function parsed<Output>({ stack, path, properties }: Resource, schema: z.ZodType<Output>): Output {
  const { data, error } = schema.safeParse(properties);
  if (error) throw new Error(`${stack}/${path}: ${z.prettifyError(error)}`);
  return data as Output;
}
