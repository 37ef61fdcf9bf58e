import { describe, expect, it } from 'vitest';
import { projections } from '../../lambdas/read-models/index.ts';
import { subscriptions } from '../../lambdas/subscriptions.ts';
import { Deployment } from './deployment.ts';

const prod = new Deployment('prod');
const mappings = prod.ofType('AWS::Lambda::EventSourceMapping');
const streams = [
  { reader: 'relay', source: 'events/table.StreamArn', failures: 'relay-failures.Arn' },
  { reader: 'fan-out', source: 'event-stream/stream.Arn', failures: 'fan-out-failures.Arn' },
];

const subscribers = [...projections.map(({ name }) => `${name}-projector`), 'order-fulfilment', 'notifications'];
const consumers = [...subscribers, 'invalidator'];

describe('event source mappings', () => {
  it('two streams, the queue of every subscription and that of invalidations are consumed', () => {
    expect(mappings.map(({ path }) => path)).toEqual([
      'relay/mapping',
      'fan-out/mapping',
      ...consumers.map((name) => `${name}/mapping`),
    ]);
    const queues = mappings.slice(streams.length).map(({ properties }) => prod.target(properties['EventSourceArn']));
    expect(queues).toEqual(
      [...subscriptions.map(({ name }) => name), 'invalidation'].map((name) => `${name}/queue.Arn`),
    );
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

  it.each(streams)('$reader gives a record up after bounded retries and before its stream drops it', ({ reader }) => {
    const { properties } = prod.at(`${reader}/mapping`);
    expect(properties['MaximumRetryAttempts']).toBeGreaterThan(0);
    expect(properties['MaximumRecordAgeInSeconds']).toBeGreaterThan(0);
    expect(properties['MaximumRecordAgeInSeconds']).toBeLessThan(24 * 60 * 60);
  });

  it.each(streams)('an alarm rings when $reader lags behind its stream', ({ reader }) => {
    const ages = prod.ofType('AWS::CloudWatch::Alarm').filter(({ properties }) => {
      const [dimension] = (properties['Dimensions'] ?? []) as { Value: unknown }[];
      return properties['MetricName'] === 'IteratorAge' && prod.target(dimension?.Value) === `${reader}/function`;
    });
    expect(ages).toHaveLength(1);
  });

  it.each(subscribers.map((name) => [name, name === 'notifications' ? 5 : 50] as const))(
    '%s takes ten messages at once, in at most %i invocations at a time',
    (name, maximumConcurrency) => {
      const { BatchSize, ScalingConfig, MaximumBatchingWindowInSeconds } = prod.at(`${name}/mapping`).properties;
      expect(BatchSize).toBe(10);
      expect(MaximumBatchingWindowInSeconds).toBeUndefined();
      expect(ScalingConfig).toEqual({ MaximumConcurrency: maximumConcurrency });
    },
  );

  it.each([
    [0, 10, undefined],
    [2, 1_000, 2],
  ])('the invalidator with a window of %i seconds takes %i messages at once', (windowInSeconds, size, window) => {
    const deployment = new Deployment('prod', { edge: { invalidation: { windowInSeconds } } });
    const { BatchSize, ScalingConfig, MaximumBatchingWindowInSeconds } =
      deployment.at('invalidator/mapping').properties;
    expect(BatchSize).toBe(size);
    expect(MaximumBatchingWindowInSeconds).toBe(window);
    expect(ScalingConfig).toEqual({ MaximumConcurrency: 2 });
  });
});
