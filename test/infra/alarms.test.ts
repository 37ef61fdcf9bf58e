import { describe, expect, it } from 'vitest';
import { Deployment } from './deployment.ts';

describe('alarms', () => {
  it.each([
    ['order-fulfilment', 'LongWaits'],
    ['payment-callback', 'RefundsFailed'],
  ])('one rings at the first metric of %s about %s', (service, metric) => {
    const rings = new Deployment('prod')
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties['MetricName'] === metric);
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

  it('notify the topic that the stage names', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:operators';
    const alarms = new Deployment('dev', { alarmTopicArn }).ofType('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(0);
    for (const { properties } of alarms) expect(properties['AlarmActions']).toEqual([alarmTopicArn]);
  });

  it('only show their state when the stage names none', () => {
    for (const { properties } of new Deployment('dev').ofType('AWS::CloudWatch::Alarm')) {
      expect(properties).not.toHaveProperty('AlarmActions');
    }
  });
});
