import { describe, expect, it } from 'vitest';
import { deploymentOf } from './deployment.ts';

const prod = deploymentOf('prod');

describe('the access logs of the edge', () => {
  it('go from the distribution to a group of their own, as JSON, and stay as long as other logs', () => {
    expect(prod.target(prod.at('logs/source').properties['ResourceArn'])).toMatch(/:distribution\/edge\/distribution$/);
    expect(prod.at('logs/source').properties['LogType']).toBe('ACCESS_LOGS');
    const { DestinationResourceArn, OutputFormat } = prod.at('logs/destination').properties;
    expect([prod.target(DestinationResourceArn), OutputFormat]).toEqual(['logs/group.Arn', 'json']);
    const { DeliverySourceName, DeliveryDestinationArn } = prod.at('logs/delivery').properties;
    expect(prod.target(DeliverySourceName)).toBe('logs/source');
    expect(prod.target(DeliveryDestinationArn)).toBe('logs/destination.Arn');
    expect(prod.at('logs/group').properties['RetentionInDays']).toBe(90);
  });

  it('tell how the cache did and what nobody is known by', () => {
    const fields = prod.at('logs/delivery').properties['RecordFields'] as string[];
    expect(fields).toEqual(expect.arrayContaining(['x-edge-request-id', 'sc-status', 'x-edge-result-type']));
    for (const field of fields) expect(field).not.toMatch(/^c-|uri|query|cookie|host|referer|agent|forwarded/i);
  });

  it('are made only where CloudFront hands them over', () => {
    const { Conditions, Resources } = prod.edge?.toJSON() ?? {};
    const made = Object.values<{ Type: string; Condition?: string; Metadata: Record<string, string> }>(
      Resources,
    ).filter(
      ({ Metadata }) =>
        Metadata['aws:cdk:path']?.includes('/logs/') && !Metadata['aws:cdk:path'].includes('invalidator'),
    );
    expect(made).toHaveLength(4);
    for (const { Condition = '' } of made) {
      expect(Conditions[Condition]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] });
    }
  });
});
