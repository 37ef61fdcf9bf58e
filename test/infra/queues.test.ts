import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readModels } from '../../lambdas/shop/shop.ts';
import { pauseInSeconds } from '../../lambdas/spine/ops/redrive/pause.ts';
import { type DeployedResource, deploymentOf, settingsOf } from './deployment.ts';

const prod = deploymentOf('prod');
const local = deploymentOf('local');
const queues = prod.ofType('AWS::SQS::Queue');
const deadLetterQueueOf = ({ properties }: DeployedResource) => {
  const policy = properties['RedrivePolicy'] as { deadLetterTargetArn: unknown } | undefined;
  return policy && prod.target(policy.deadLetterTargetArn);
};
const failureQueues = ['relay-failures', 'fan-out-failures'];
const consumedQueues = queues.filter((queue) => deadLetterQueueOf(queue) !== undefined);
const subscriptionQueues = consumedQueues.filter(({ path }) => !failureQueues.includes(path));
const alarmsOn = (path: string) =>
  prod.ofType('AWS::CloudWatch::Alarm').filter(({ properties }) => {
    const [dimension] = (properties['Dimensions'] ?? []) as { Value: unknown }[];
    return properties['Namespace'] === 'AWS/SQS' && prod.target(dimension?.Value) === `${path}.QueueName`;
  });
const lastQueues = queues.filter((queue) => deadLetterQueueOf(queue) === undefined).map(({ path }) => path);

describe('queues', () => {
  it('every queue that a function consumes has a dead-letter queue', () => {
    const consumed = prod
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ properties }) => prod.target(properties['EventSourceArn']))
      .filter((source) => queues.some(({ path }) => source === `${path}.Arn`));
    expect(consumed.toSorted()).toEqual(consumedQueues.map(({ path }) => `${path}.Arn`).toSorted());
  });

  it('a subscriber’s message is a dead letter after five receives', () => {
    for (const { properties } of subscriptionQueues) {
      expect(properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 5 });
    }
  });

  it.each(failureQueues)('%s keeps a message for 14 days, whatever becomes of its redrives', (path) => {
    const { MessageRetentionPeriod, RedrivePolicy } = prod.at(path).properties;
    const fourteenDaysInSeconds = 14 * 24 * 60 * 60;
    expect(MessageRetentionPeriod).toBe(fourteenDaysInSeconds);
    const { maxReceiveCount } = RedrivePolicy as { maxReceiveCount: number };
    const pauses = Array.from({ length: maxReceiveCount }, (_, index) => pauseInSeconds(index + 1));
    expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThan(fourteenDaysInSeconds);
  });

  it('every other queue is a dead-letter queue', () => {
    const lines = new Set(consumedQueues.map(deadLetterQueueOf));
    expect(lastQueues.map((path) => `${path}.Arn`).sort()).toEqual([...lines].sort());
  });

  it.each(lastQueues)('%s keeps messages for 14 days', (path) => {
    expect(prod.at(path).properties['MessageRetentionPeriod']).toBe(14 * 24 * 60 * 60);
  });

  it.each(lastQueues)('an alarm rings at the first message in %s', (path) => {
    expect(alarmsOn(path).map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      }),
    ]);
  });

  it.each(failureQueues)('an alarm rings while something waits in %s, hidden between two attempts or not', (path) => {
    const rings = ['ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesVisible'].map((MetricName) =>
      expect.objectContaining({
        MetricName,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 3,
        TreatMissingData: 'notBreaching',
      }),
    );
    expect(alarmsOn(path).map(({ properties }) => properties)).toEqual(rings);
  });

  it('every queue is encrypted and refuses plain HTTP', () => {
    prod.state.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    prod.state.resourceCountIs('AWS::SQS::QueuePolicy', queues.length);
    prod.state.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });

  it.each([
    ['prod', prod, 6],
    ['dev', deploymentOf('dev'), 6],
    ['local', local, 1],
  ] as const)('on %s a message stays hidden long enough for its function', (_stage, deployment, multiple) => {
    for (const { properties } of deployment.ofType('AWS::Lambda::EventSourceMapping')) {
      const source = deployment.target(properties['EventSourceArn']);
      if (!deployment.ofType('AWS::SQS::Queue').some(({ path }) => source === `${path}.Arn`)) continue;
      const visibility = Number(deployment.at(source.replace(/\.Arn$/, '')).properties['VisibilityTimeout']);
      const timeout = Number(deployment.at(deployment.target(properties['FunctionName'])).properties['Timeout']);
      const window = Number(properties['MaximumBatchingWindowInSeconds'] ?? 0);
      expect(visibility).toBeGreaterThanOrEqual(multiple * timeout + window);
    }
  });

  it.each([
    ...readModels.map(({ name }) => [name, 60] as const),
    ['notifications', 15 * 60 + 60] as const,
    ['order-fulfilment', 15 * 60 + 60] as const,
    ['invalidation', 23 + 60] as const,
  ])('an alarm rings when the messages for %s are %i seconds old for five minutes', (name, ageInSeconds) => {
    expect(alarmsOn(`${name}/queue`).map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        MetricName: 'ApproximateAgeOfOldestMessage',
        Threshold: ageInSeconds,
        EvaluationPeriods: 5,
      }),
    ]);
  });

  it('on the local stage a message comes back within seconds', () => {
    expect(settingsOf('local').subscriber.visibilityTimeoutInSeconds).toBeLessThanOrEqual(10);
  });
});
