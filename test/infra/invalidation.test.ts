import { describe, expect, it } from 'vitest';
import type { ShopOverrides } from '../../lib/shop/settings/shop-settings.ts';
import { originTimes } from '../../lib/spine/edge/origin-times.ts';
import { deploymentOf } from './deployment.ts';

const prod = deploymentOf('prod');
const DIMENSIONS_OF_PROD = [
  { Name: 'service', Value: 'invalidator' },
  { Name: 'stage', Value: 'prod' },
];

const alarmOf = (metricName: string, edge: NonNullable<ShopOverrides['edge']> = {}) => {
  const deployment = deploymentOf('prod', { edge });
  const alarms = deployment
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties['MetricName'] === metricName);
  expect(alarms).toHaveLength(1);
  return alarms[0]?.properties;
};

describe('the budget of invalidations', () => {
  it('is a table with one item a budget', () => {
    expect(prod.at('invalidation-budget/table').properties['KeySchema']).toEqual([
      { AttributeName: 'budget', KeyType: 'HASH' },
    ]);
  });

  it('rings as soon as it is dry', () => {
    expect(alarmOf('TagsDropped')).toMatchObject({
      Namespace: 'Eventspine',
      Dimensions: DIMENSIONS_OF_PROD,
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
    });
  });

  it.each([
    [20_000, 28],
    [730, 2],
    [729, 1],
  ])(
    'of %i tags a month rings when %i are spent in each of six hours, the first number above its pace',
    (tagsPerMonth, threshold) => {
      expect(alarmOf('TagsInvalidated', { invalidation: { tagsPerMonth } })).toMatchObject({
        Namespace: 'Eventspine',
        Dimensions: DIMENSIONS_OF_PROD,
        Statistic: 'Sum',
        Period: 3_600,
        Threshold: threshold,
        EvaluationPeriods: 6,
      });
    },
  );
});

describe('the second pass', () => {
  const [origin] = (prod.at('edge/distribution').properties['DistributionConfig'] as { Origins: Origin[] }).Origins;
  interface Origin {
    readonly ConnectionAttempts: number;
    readonly ConnectionTimeout: number;
    readonly ResponseCompletionTimeout: number;
    readonly CustomOriginConfig: { readonly OriginReadTimeout: number };
  }

  it('comes after CloudFront has given up every answer that was made before the change', () => {
    const { Environment } = prod.at('invalidator/function').properties as {
      Environment: { Variables: Record<string, string> };
    };
    const settling = Number(Environment.Variables['SETTLING_SECONDS']);
    expect(settling).toBeGreaterThan(origin?.ResponseCompletionTimeout ?? Number.POSITIVE_INFINITY);
  });

  it('waits for no answer that the origin could still give, and no longer than for that', () => {
    const timeout = Number(prod.at('query/function').properties['Timeout']);
    const read = origin?.CustomOriginConfig.OriginReadTimeout ?? 0;
    expect(read).toBeGreaterThan(timeout);
    const connecting = (origin?.ConnectionAttempts ?? 0) * (origin?.ConnectionTimeout ?? 0);
    expect(origin?.ResponseCompletionTimeout).toBe(connecting + read);
  });

  it.each([1, 10, 29])('fits into a delay of SQS with functions that take up to %i seconds', (timeoutInSeconds) => {
    const { settlingInSeconds } = originTimes({ timeoutInSeconds });
    expect(settlingInSeconds).toBeGreaterThan(timeoutInSeconds);
    expect(settlingInSeconds).toBeLessThanOrEqual(900);
  });
});
