// The settings of each stage. Everything that differs between a laptop, a test account and production is here.
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type EdgeDraft, overriddenEdge } from './edge-settings.ts';
import type { StageOverrides, StageSettings, UncheckedSettings } from './stage-settings.ts';
import { type Stage, stages } from './stages.ts';
import { validateSettings } from './validate-settings.ts';

type StageDefaults = Omit<UncheckedSettings, 'stage' | 'edge'> & { readonly edge?: EdgeDraft };

const settingsByStage: Readonly<Record<Stage, StageDefaults>> = {
  local: {
    retainsData: false,
    logRetention: RetentionDays.ONE_DAY,
    requestLogRetention: RetentionDays.ONE_DAY,
    tracing: false,
    frontDoor: 'http',
    throttle: { requestsPerSecond: 5_000, burst: 10_000 },
    publicConcurrency: 'unreserved',
    eventStream: { shards: 2, lanes: 2 },
    http: { memoryInMegabytes: 512, timeoutInSeconds: 10 },
    pipeline: { memoryInMegabytes: 512, timeoutInSeconds: 30 },
    subscriber: { memoryInMegabytes: 512, timeoutInSeconds: 10, visibilityTimeoutInSeconds: 10, maximumConcurrency: 2 },
    openOrdersPerCustomer: 1_000,
    payments: { provider: 'sandbox', timeoutInSeconds: 900 },
    email: { sender: 'orders@eventspine.localhost', sendsPerSecond: 200, maximumConcurrency: 2 },
    edge: {
      sharedLifetimeInSeconds: 60,
      invalidation: { windowInSeconds: 0, tagsPerMonth: 1_000_000, burst: 10_000, collapseAbove: 20 },
    },
    tokens: {
      issuer: 'https://issuer.eventspine.localhost',
      audience: 'eventspine',
      jwksUri: 'http://127.0.0.1:3000/local/jwks.json',
    },
    corsOrigins: ['http://localhost:*', 'http://127.0.0.1:*'],
  },
  // For LocalStack, as compose.yaml runs it, and other endpoints that act as AWS on a machine: ordered by one shard, quick to
  // deliver again, and with an issuer and a mail server beside it, because the free plan has neither Cognito nor version 2 of SES.
  localstack: {
    retainsData: false,
    logRetention: RetentionDays.ONE_DAY,
    requestLogRetention: RetentionDays.ONE_DAY,
    tracing: false,
    // The free plan of LocalStack has REST APIs only.
    frontDoor: 'rest',
    throttle: { requestsPerSecond: 5_000, burst: 5_000 },
    publicConcurrency: 'unreserved',
    eventStream: { shards: 1, lanes: 1 },
    http: { memoryInMegabytes: 512, timeoutInSeconds: 10 },
    pipeline: { memoryInMegabytes: 512, timeoutInSeconds: 30 },
    subscriber: { memoryInMegabytes: 512, timeoutInSeconds: 30, visibilityTimeoutInSeconds: 30, maximumConcurrency: 2 },
    openOrdersPerCustomer: 1_000,
    payments: { provider: 'sandbox', timeoutInSeconds: 900 },
    email: {
      sender: 'orders@eventspine.localhost',
      identity: 'eventspine.localhost',
      endpoint: 'http://mail:8005',
      sendsPerSecond: 50,
      maximumConcurrency: 2,
    },
    tokens: {
      issuer: 'http://127.0.0.1:3001/local',
      audience: 'eventspine',
      jwksUri: 'http://issuer:3001/local/jwks.json',
    },
    corsOrigins: [],
  },
  dev: {
    retainsData: false,
    logRetention: RetentionDays.TWO_WEEKS,
    requestLogRetention: RetentionDays.TWO_WEEKS,
    tracing: true,
    frontDoor: 'http',
    throttle: { requestsPerSecond: 500, burst: 500 },
    publicConcurrency: 'unreserved',
    tableThroughput: { maxReadRequestUnits: 1_000, maxWriteRequestUnits: 500 },
    eventStream: { shards: 1, lanes: 1 },
    http: { memoryInMegabytes: 1024, timeoutInSeconds: 10 },
    pipeline: { memoryInMegabytes: 512, timeoutInSeconds: 60 },
    subscriber: {
      memoryInMegabytes: 512,
      timeoutInSeconds: 30,
      visibilityTimeoutInSeconds: 180,
      maximumConcurrency: 5,
    },
    openOrdersPerCustomer: 50,
    payments: { provider: 'sandbox', timeoutInSeconds: 900 },
    email: { sendsPerSecond: 1, maximumConcurrency: 2 },
    // CloudFront takes the first 1,000 tags a month of an account without charge, and a month here sees no more.
    edge: {
      sharedLifetimeInSeconds: 60,
      invalidation: { windowInSeconds: 1, tagsPerMonth: 900, burst: 100, collapseAbove: 10 },
    },
    corsOrigins: [],
  },
  prod: {
    retainsData: true,
    logRetention: RetentionDays.THREE_MONTHS,
    requestLogRetention: RetentionDays.TWO_WEEKS,
    tracing: true,
    frontDoor: 'http',
    // With the parts of it that the other routes take, below what an account has by default.
    throttle: { requestsPerSecond: 800, burst: 400 },
    publicConcurrency: 500,
    tableThroughput: { maxReadRequestUnits: 12_000, maxWriteRequestUnits: 4_000 },
    eventStream: { shards: 'on-demand', lanes: 16 },
    http: { memoryInMegabytes: 1024, timeoutInSeconds: 10 },
    pipeline: { memoryInMegabytes: 1024, timeoutInSeconds: 60 },
    subscriber: {
      memoryInMegabytes: 512,
      timeoutInSeconds: 30,
      visibilityTimeoutInSeconds: 180,
      maximumConcurrency: 50,
    },
    openOrdersPerCustomer: 50,
    // No provider: the sandbox would ship goods that nobody has paid for, so whoever deploys names it.
    payments: { timeoutInSeconds: 900 },
    email: { sendsPerSecond: 14, maximumConcurrency: 2 },
    // A tag costs $0.005 after the first 1,000 a month: at most (20,000 + 1,000 − 1,000) × $0.005 = $100.
    edge: {
      sharedLifetimeInSeconds: 300,
      invalidation: { windowInSeconds: 2, tagsPerMonth: 20_000, burst: 1_000, collapseAbove: 20 },
    },
    corsOrigins: [],
  },
};

const isStage = (name: unknown): name is Stage => stages.some((stage) => stage === name);

/**
 * The settings of a stage, with some of them replaced.
 *
 * @throws Error if there is no such stage or the settings break a rule; the message names the rule and the value.
 */
export function stageSettings(stage: unknown, overrides: StageOverrides = {}): StageSettings {
  if (!isStage(stage)) throw new Error(`The stage must be one of ${stages.join(', ')}, got ${JSON.stringify(stage)}.`);
  const { edge, ...defaults } = settingsByStage[stage];
  const { edge: edgeOverride, ...replaced } = overrides;
  const settings: UncheckedSettings = {
    ...defaults,
    ...replaced,
    payments: { ...defaults.payments, ...overrides.payments },
    email: { ...defaults.email, ...overrides.email },
    ...overriddenEdge(edge, edgeOverride),
    stage,
  };
  validateSettings(settings);
  return settings;
}
