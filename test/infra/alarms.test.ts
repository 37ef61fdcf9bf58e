import { existsSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_REFUSED } from '../../lambdas/shop/bindings/metrics.ts';
import { readModels } from '../../lambdas/shop/shop.ts';
import { COMMIT_CHANGED } from '../../lambdas/spine/bindings/log-codes.ts';
import { alarmTopicArn, appOf, deploymentOf } from './deployment.ts';

const prod = deploymentOf('prod');
const alarms = prod.ofType('AWS::CloudWatch::Alarm');
const functionNames = prod.ofType('AWS::Lambda::Function').map(({ path }) => path.replace(/\/function$/, ''));

const alarmAt = (path: string, deployment = prod) => deployment.at(path).properties;
const filterAt = (path: string) =>
  prod.at(path).properties as { FilterPattern: string; LogGroupName: unknown; MetricTransformations: object[] };

describe('alarms', () => {
  it.each([
    ['order-fulfilment', 'LongWaits'],
    ['payment-callback', 'RefundsFailed'],
  ])('one rings at the first metric of %s about %s', (service, metric) => {
    const rings = alarms.filter(({ properties }) => properties['MetricName'] === metric);
    expect(rings.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        Namespace: 'Eventspine',
        Dimensions: [
          { Name: 'service', Value: service },
          { Name: 'stage', Value: 'prod' },
        ],
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      }),
    ]);
  });

  it.each([
    ['order-detail-projector', 30],
    ['order-fulfilment', 30],
    // What the mail service does not take comes again after 15 minutes at most.
    ['notifications', 15 * 60 + 30],
  ])('one rings when %s is done with events %i s late for five minutes, as the setting says', (service, seconds) => {
    const alarm = alarmAt(`${service}/event-lag-alarm`, deploymentOf('prod', { lagAlarmSeconds: 30 }));
    expect(alarm).toMatchObject({
      Namespace: 'Eventspine',
      MetricName: 'Lag',
      Dimensions: [
        { Name: 'service', Value: service },
        { Name: 'stage', Value: 'prod' },
      ],
      ExtendedStatistic: 'p99',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: seconds * 1_000,
    });
  });

  it('all notify the topic that the stage names', () => {
    for (const { path, properties } of alarms)
      expect({ path, actions: properties['AlarmActions'] }).toEqual({ path, actions: [alarmTopicArn] });
  });

  it('only show their state on a development stage that names none', () => {
    for (const { properties } of deploymentOf('dev').ofType('AWS::CloudWatch::Alarm'))
      expect(properties).not.toHaveProperty('AlarmActions');
  });

  it.each(alarms.map(({ path, properties }) => [path, String(properties['AlarmDescription'])]))(
    '%s says what is wrong and what to do',
    (_path, text) => {
      expect(text).toMatch(/^[A-Z0-9a-z-].{20,}\. To do: .{20,}\.$/s);
      // CloudWatch takes no more (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
      expect(text.length).toBeLessThanOrEqual(1024);
    },
  );

  it('send nobody to a file that is not there', () => {
    const files = alarms.flatMap(
      ({ properties }) => String(properties['AlarmDescription']).match(/[\w-]+\/[\w/-]+\.ts/g) ?? [],
    );
    expect(files).not.toEqual([]);
    expect([...new Set(files)].filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(functionNames)('%s has an alarm on its errors and one on its throttles', (name) => {
    for (const metric of ['Errors', 'Throttles']) {
      const { MetricName, Dimensions } = alarmAt(`${name}/function-alarms/${metric.toLowerCase()}`) as {
        MetricName: string;
        Dimensions: { Value: unknown }[];
      };
      expect(MetricName).toBe(metric);
      expect(prod.target(Dimensions[0]?.Value)).toBe(`${name}/function`);
    }
  });

  it.each([
    ['http', 'api/alarms', { server: '5xx', latency: 'Latency' }],
    ['rest', 'rest-api/alarms', { server: '5XXError', latency: 'Latency' }],
  ])('the API tells when it fails, is slow or turns many away: front door %s', (frontDoor, path, metrics) => {
    const deployment = deploymentOf('prod', { frontDoor });
    expect(alarmAt(`${path}/server-errors`, deployment)).toMatchObject({ MetricName: metrics.server, Threshold: 5 });
    expect(alarmAt(`${path}/latency`, deployment)).toMatchObject({
      MetricName: metrics.latency,
      ExtendedStatistic: 'p99',
    });
    expect(alarmAt(`${path}/refused-callers/filter`, deployment)).toMatchObject({
      FilterPattern: '{ ($.status = "401") || ($.status = "403") }',
    });
  });

  it.each(prod.ofType('AWS::DynamoDB::GlobalTable').map(({ path }) => path.replace(/\/table$/, '')))(
    'the table of %s tells when it throttles reads or writes',
    (name) => {
      // The metrics of a table leave its indexes out.
      const indexes = readModels.find((projection) => projection.name === name)?.indexes ?? [];
      const watched = alarms.filter(({ path }) => path.startsWith(`alarms/${name}-throttles/`));
      const metrics = watched.map(({ properties }) => {
        const dimensions = properties['Dimensions'] as { Name: string; Value: unknown }[];
        const value = (wanted: string) => dimensions.find(({ Name }) => Name === wanted)?.Value;
        expect(prod.target(value('TableName'))).toBe(`${name}/table`);
        return `${properties['MetricName']} ${value('GlobalSecondaryIndexName') ?? ''}`.trim();
      });
      expect(metrics.sort()).toEqual(
        ['', ...indexes.map((index) => ` ${index.name}`)]
          .flatMap((index) => [`ReadThrottleEvents${index}`, `WriteThrottleEvents${index}`])
          .sort(),
      );
    },
  );

  it('no alarm computes its metric, which emulators refuse', () => {
    for (const { path, properties } of alarms) expect({ path, math: properties['Metrics'] }).toEqual({ path });
  });

  it.each([
    ['changed-commits', COMMIT_CHANGED, 'relay/logs', 1],
    ['refused-signatures', SIGNATURE_REFUSED, 'payment-callback/logs', 5],
  ])('%s are counted from the log of their function', (name, code, logs, threshold) => {
    const filter = filterAt(`alarms/${name}/filter`);
    expect(filter.FilterPattern).toBe(`{ $.code = "${code}" }`);
    expect(prod.target(filter.LogGroupName)).toBe(logs);
    const { MetricName: metricName, Namespace: metricNamespace, Threshold } = alarmAt(`alarms/${name}/alarm`);
    expect(filter.MetricTransformations).toMatchObject([{ MetricName: metricName, MetricNamespace: metricNamespace }]);
    expect(metricNamespace).toBe('Eventspine/prod');
    expect(Threshold).toBe(threshold);
  });

  it('e-mails that come back or are complained of ring where SES begins to review the account', () => {
    expect(alarmAt('alarms/email/bounces')).toMatchObject({ MetricName: 'Reputation.BounceRate', Threshold: 0.05 });
    expect(alarmAt('alarms/email/complaints')).toMatchObject({
      MetricName: 'Reputation.ComplaintRate',
      Threshold: 0.001,
    });
  });

  it('a month’s cost is told at four fifths of the budget and when it is forecast to exceed it', () => {
    const { Budget, NotificationsWithSubscribers } = prod.at('alarms/cost').properties as {
      Budget: unknown;
      NotificationsWithSubscribers: { Notification: object; Subscribers: object[] }[];
    };
    expect(Budget).toMatchObject({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 500, Unit: 'USD' },
    });
    expect(NotificationsWithSubscribers.map(({ Notification }) => Notification)).toMatchObject([
      { NotificationType: 'ACTUAL', Threshold: 80 },
      { NotificationType: 'FORECASTED', Threshold: 100 },
    ]);
    for (const { Subscribers } of NotificationsWithSubscribers)
      expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: alarmTopicArn }]);
    const unlimited = deploymentOf('prod', { monthlyBudgetInDollars: 'none' });
    expect(unlimited.ofType('AWS::Budgets::Budget')).toEqual([]);
  });
});

describe('the alarms on the edge', () => {
  interface Alarm {
    readonly Condition?: string;
    readonly Properties: { readonly MetricName: string; readonly Namespace: string };
  }
  const edgeAlarms = (template: Template | undefined): Alarm[] =>
    (Object.values(template?.findResources('AWS::CloudWatch::Alarm') ?? {}) as Alarm[]).filter(
      ({ Properties }) => Properties.Namespace === 'AWS/CloudFront',
    );
  const names = (template: Template | undefined) =>
    edgeAlarms(template)
      .map(({ Properties }) => Properties.MetricName)
      .sort();

  it('watch its errors and its latency, in the region that has the metrics', () => {
    expect(names(prod.edge)).toEqual(['5xxErrorRate', 'OriginLatency']);
    prod.edge?.resourceCountIs('AWS::CloudFront::MonitoringSubscription', 1);
    const conditions = edgeAlarms(prod.edge).map(
      ({ Condition = '' }) => prod.edge?.findConditions(Condition)[Condition],
    );
    expect(conditions).toEqual(Array(2).fill({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }));
  });

  it('watch no latency where the distribution does not publish it', () => {
    const { edge } = deploymentOf('dev');
    expect(names(edge)).toEqual(['5xxErrorRate']);
    edge?.resourceCountIs('AWS::CloudFront::MonitoringSubscription', 0);
  });

  it('of a stage elsewhere stand in us-east-1, in a stack of their own, and notify the topic there', () => {
    const overrides = {
      alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
      edgeAlarmTopicArn: alarmTopicArn,
    };
    expect(names(deploymentOf('prod', overrides).edge)).toEqual([]);
    const stack = appOf('prod', overrides).node.findChild('eventspine-prod-edge-alarms') as Stack;
    expect(stack.region).toBe('us-east-1');
    const template = Template.fromStack(stack);
    expect(names(template)).toEqual(['5xxErrorRate', 'OriginLatency']);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [alarmTopicArn],
      Dimensions: [
        {
          Name: 'DistributionId',
          Value: {
            'Fn::GetStackOutput': {
              StackName: 'eventspine-prod-edge',
              OutputName: 'DistributionId',
              Region: 'eu-central-1',
            },
          },
        },
        { Name: 'Region', Value: 'Global' },
      ],
    });
  });
});
