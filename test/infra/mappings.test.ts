import { describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { subscriptionsOf } from '../../lambdas/spine/manifest/subscriptions.ts';
import { notifiers, subscribers } from './declared.ts';
import { deploymentOf } from './deployment.ts';

const subscriptions = subscriptionsOf(shop);

const prod = deploymentOf('prod');
const mappings = prod.ofType('AWS::Lambda::EventSourceMapping');
const streams = [
  { reader: 'relay', source: 'events/table.StreamArn', failures: 'relay-failures.Arn' },
  { reader: 'fan-out', source: 'event-stream/stream.Arn', failures: 'fan-out-failures.Arn' },
];

/** SES's 14 e-mails a second, shared by two invocations. */
const EMAILS_PER_SECOND = 7;
const consumers = [...subscribers, 'sweeper', 'audit', 'invalidator'];

describe('event source mappings', () => {
  it('two streams, what their readers left, the queues of subscriptions, of work, of audits and of invalidations are consumed', () => {
    expect(mappings.map(({ path }) => path)).toEqual([
      'relay/mapping',
      'fan-out/mapping',
      'redrive/relay-mapping',
      'redrive/fan-out-mapping',
      ...consumers.map((name) => `${name}/mapping`),
    ]);
    const queues = mappings
      .slice(streams.length + 2)
      .map(({ properties }) => prod.target(properties['EventSourceArn']));
    expect(queues.toSorted()).toEqual(
      [...subscriptions.map(({ name }) => name), 'work', 'audit-work', 'invalidation']
        .map((name) => `${name}/queue.Arn`)
        .sort(),
    );
    for (const { path, properties } of mappings.slice(0, -2))
      expect(prod.target(properties['FunctionName'])).toBe(path.replace(/\/[a-z-]+$/, '/function'));
  });

  it('every mapping takes partial failures', () => {
    for (const { properties } of mappings) {
      expect(properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    }
  });

  it.each(streams)('$reader reads $source in order, and what it gives up goes to its failure queue', (stream) => {
    const { properties } = prod.at(`${stream.reader}/mapping`);
    expect(properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
    });
    expect(properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
    expect(prod.target(properties['FunctionName'])).toBe(`${stream.reader}/function`);
    expect(prod.target(properties['EventSourceArn'])).toBe(stream.source);
    const { OnFailure } = properties['DestinationConfig'] as { OnFailure: { Destination: unknown } };
    expect(prod.target(OnFailure.Destination)).toBe(stream.failures);
  });

  it.each(streams)(
    '$reader gives a record up after bounded retries, half a day before its stream drops it',
    ({ reader }) => {
      const { properties } = prod.at(`${reader}/mapping`);
      expect(properties['MaximumRetryAttempts']).toBeGreaterThan(0);
      expect(properties['MaximumRecordAgeInSeconds']).toBeGreaterThan(0);
      expect(properties['MaximumRecordAgeInSeconds']).toBeLessThanOrEqual(12 * 60 * 60);
    },
  );

  it.each(streams)('the redrive takes what $reader and Lambda leave in its failure queue', ({ reader, failures }) => {
    const { properties } = prod.at(`redrive/${reader}-mapping`);
    expect(prod.target(properties['EventSourceArn'])).toBe(failures);
    expect(prod.target(properties['FunctionName'])).toBe('redrive/function');
  });

  it.each(streams)('an alarm rings when $reader lags behind its stream', ({ reader }) => {
    const ages = prod.ofType('AWS::CloudWatch::Alarm').filter(({ properties }) => {
      const [dimension] = (properties['Dimensions'] ?? []) as { Value: unknown }[];
      return properties['MetricName'] === 'IteratorAge' && prod.target(dimension?.Value) === `${reader}/function`;
    });
    expect(ages).toHaveLength(1);
  });

  it.each(subscribers.map((name) => [name, notifiers.includes(name) ? 2 : 50] as const))(
    '%s takes ten messages at once, in at most %i invocations at a time',
    (name, maximumConcurrency) => {
      const { BatchSize, ScalingConfig, MaximumBatchingWindowInSeconds } = prod.at(`${name}/mapping`).properties;
      expect(BatchSize).toBe(10);
      expect(MaximumBatchingWindowInSeconds).toBeUndefined();
      expect(ScalingConfig).toEqual({ MaximumConcurrency: maximumConcurrency });
    },
  );

  const paces = subscriptions.map(({ name, streamsPerSecond = 100 }) =>
    notifiers.includes(name) ? ([name, EMAILS_PER_SECOND] as const) : ([name, streamsPerSecond] as const),
  );
  it.each(paces)(
    'a full batch for %s fits into half the time of its function, at %i streams a second',
    (name, streamsPerSecond) => {
      const consumer = mappings.find(
        ({ properties }) => prod.target(properties['EventSourceArn']) === `${name}/queue.Arn`,
      );
      const { BatchSize, FunctionName } = consumer?.properties ?? {};
      const { Timeout } = prod.at(prod.target(FunctionName)).properties;
      const { Environment } = prod.at('fan-out/function').properties;
      const { Variables } = Environment as { Variables: Record<string, string> };
      const hints = Number(Variables[`HINTS_PER_MESSAGE_${name.toUpperCase().replaceAll('-', '_')}`]);
      expect(hints).toBeGreaterThanOrEqual(1);
      expect((Number(BatchSize) * hints) / streamsPerSecond).toBeLessThanOrEqual(Number(Timeout) / 2);
    },
  );

  it.each([
    [0, 10, undefined],
    [2, 1_000, 2],
  ])('the invalidator with a window of %i seconds takes %i messages at once', (windowInSeconds, size, window) => {
    const deployment = deploymentOf('prod', { edge: { invalidation: { windowInSeconds } } });
    const { BatchSize, ScalingConfig, MaximumBatchingWindowInSeconds } =
      deployment.at('invalidator/mapping').properties;
    expect(BatchSize).toBe(size);
    expect(MaximumBatchingWindowInSeconds).toBe(window);
    expect(ScalingConfig).toEqual({ MaximumConcurrency: 2 });
  });
});
