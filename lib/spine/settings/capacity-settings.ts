// How much of the account a stage may take.
import * as z from 'zod';
import { countOf, wordOrText } from './context-texts.ts';
import { wholeNumber, wholeNumberOr } from './fields.ts';
import type { BrokenRule, FieldsOf, SettingsGroup, Unchecked } from './settings-group.ts';
import { isOnOneMachine, type Stage } from './stages.ts';

/**
 * Executions at a time that an account's region has by default (a new account has fewer at first), and how many of them have to stay
 * unreserved
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html).
 */
export const accountConcurrency = { byDefault: 1_000, leastUnreserved: 100 };

/** Below this, a function behind the API would have no execution at all. */
const leastPublicConcurrency = 10;

/** API Gateway gives up on an integration after 30 s; the function has to answer first. */
const longestHttpTimeoutInSeconds = 29;

/**
 * Lambda holds a batch for that long while it retries an invocation that was throttled
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
const visibilityTimeoutsPerFunctionTimeout = 6;

const some = wholeNumber(1);
const functionSize = z.object({ memoryInMegabytes: some, timeoutInSeconds: some });

const fields = {
  throttle: z
    .object({ requestsPerSecond: some, burst: some })
    .describe('What a route takes whose requests cost little; the others take a part of it.'),
  publicConcurrency: wholeNumberOr('unreserved', {
    least: leastPublicConcurrency,
    whatItIs: `a whole number from ${leastPublicConcurrency}`,
  }).describe(
    'Most invocations of the functions behind the API at a time, all of them together. What the account has beyond that is the pipeline’s, which no storm of requests can take. `unreserved` leaves it to the account, as one with a low quota must.',
  ),
  tableThroughput: z
    .object({ maxReadRequestUnits: some, maxWriteRequestUnits: some })
    .describe(
      'Most request units a second of a table and of each of its indexes; more are throttled. Without it DynamoDB’s own for a table, 40,000 of each.',
    )
    .exactOptional(),
  http: functionSize
    .extend({
      timeoutInSeconds: some.max(longestHttpTimeoutInSeconds, {
        error: `must be at most ${longestHttpTimeoutInSeconds}`,
      }),
    })
    .describe('Command and query functions.'),
  pipeline: functionSize.describe('Relay and fan-out.'),
  sweeper: functionSize
    .extend({
      maximumConcurrency: some
        .min(2, { error: 'must be at least 2' })
        .max(32, { error: 'must be at most 32' })
        .describe('Most parts at a time; a rebuild has as many.'),
      readUnitsPerSecond: some,
      writeUnitsPerSecond: some,
    })
    .describe(
      'What works through all streams for an operator: its time-out is how long a part is worked on before it is handed on; its units are what all parts of all rebuilds may take of the tables together.',
    ),
  subscriber: functionSize.extend({
    visibilityTimeoutInSeconds: some.describe(
      'How long a received message stays hidden: after a crash it is delivered again no sooner.',
    ),
    maximumConcurrency: some.describe(
      'Most invocations at a time for one queue. Bounds a function without taking from the account’s concurrency.',
    ),
  }),
};

export type CapacitySettings = FieldsOf<typeof fields>;
export type TableThroughput = NonNullable<CapacitySettings['tableThroughput']>;
export type FunctionSize = CapacitySettings['pipeline'];
export type SubscriberSettings = CapacitySettings['subscriber'];

const onAws = { memoryInMegabytes: 512, timeoutInSeconds: 30, visibilityTimeoutInSeconds: 180 };

export const capacity = {
  title: 'Capacity',
  fields,
  keys: {
    publicConcurrency: {
      sets: 'publicConcurrency',
      reads: wordOrText('unreserved', countOf('invocations'), 'a whole number of invocations'),
    },
  },
  defaults: {
    local: {
      throttle: { requestsPerSecond: 5_000, burst: 10_000 },
      publicConcurrency: 'unreserved',
      http: { memoryInMegabytes: 512, timeoutInSeconds: 10 },
      pipeline: { memoryInMegabytes: 512, timeoutInSeconds: 30 },
      sweeper: {
        memoryInMegabytes: 512,
        timeoutInSeconds: 10,
        maximumConcurrency: 2,
        readUnitsPerSecond: 100_000,
        writeUnitsPerSecond: 100_000,
      },
      subscriber: {
        memoryInMegabytes: 512,
        timeoutInSeconds: 10,
        visibilityTimeoutInSeconds: 10,
        maximumConcurrency: 2,
      },
    },
    localstack: {
      throttle: { requestsPerSecond: 5_000, burst: 5_000 },
      publicConcurrency: 'unreserved',
      http: { memoryInMegabytes: 512, timeoutInSeconds: 10 },
      pipeline: { memoryInMegabytes: 512, timeoutInSeconds: 30 },
      sweeper: {
        memoryInMegabytes: 512,
        timeoutInSeconds: 30,
        maximumConcurrency: 2,
        readUnitsPerSecond: 100_000,
        writeUnitsPerSecond: 100_000,
      },
      // Quick to deliver again.
      subscriber: { ...onAws, visibilityTimeoutInSeconds: 30, maximumConcurrency: 2 },
    },
    dev: {
      throttle: { requestsPerSecond: 500, burst: 500 },
      publicConcurrency: 'unreserved',
      tableThroughput: { maxReadRequestUnits: 1_000, maxWriteRequestUnits: 500 },
      http: { memoryInMegabytes: 1024, timeoutInSeconds: 10 },
      pipeline: { memoryInMegabytes: 512, timeoutInSeconds: 60 },
      sweeper: {
        memoryInMegabytes: 512,
        timeoutInSeconds: 300,
        maximumConcurrency: 2,
        readUnitsPerSecond: 500,
        writeUnitsPerSecond: 250,
      },
      subscriber: { ...onAws, maximumConcurrency: 5 },
    },
    prod: {
      // With the parts of it that the other routes take, below what an account has by default.
      throttle: { requestsPerSecond: 800, burst: 400 },
      publicConcurrency: 500,
      tableThroughput: { maxReadRequestUnits: 12_000, maxWriteRequestUnits: 4_000 },
      http: { memoryInMegabytes: 1024, timeoutInSeconds: 10 },
      pipeline: { memoryInMegabytes: 1024, timeoutInSeconds: 60 },
      sweeper: {
        memoryInMegabytes: 1024,
        timeoutInSeconds: 300,
        maximumConcurrency: 16,
        readUnitsPerSecond: 6_000,
        writeUnitsPerSecond: 2_000,
      },
      subscriber: { ...onAws, maximumConcurrency: 50 },
    },
  } satisfies Record<Stage, CapacitySettings>,
  *rules({ stage, subscriber = {} }: Unchecked<CapacitySettings> & { readonly stage: Stage }): Generator<BrokenRule> {
    const { timeoutInSeconds = 0, visibilityTimeoutInSeconds: visibility } = subscriber;
    // Nobody throttles functions on a machine of one's own, and there a crash should be retried within seconds.
    const multiple = isOnOneMachine(stage) ? 1 : visibilityTimeoutsPerFunctionTimeout;
    const shortest = multiple * timeoutInSeconds;
    if (visibility !== undefined && visibility < shortest) {
      yield {
        path: 'subscriber.visibilityTimeoutInSeconds',
        message: `must be at least ${multiple} × its timeout (${shortest}), got ${visibility}`,
      };
    }
  },
} satisfies SettingsGroup;
