import { describe, expect, it } from 'vitest';
import { type Deployment, deploymentOf } from './deployment.ts';

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: { readonly ManagedRuleGroupStatement?: { readonly RuleActionOverrides?: unknown } };
}

const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/5c0f';
const limited = deploymentOf('prod', { edge: { rateLimitPerFiveMinutes: 2_000 } });
const webAclOf = (deployment: Deployment): unknown => {
  const { WebACLId } = deployment.at('edge/distribution').properties['DistributionConfig'] as { WebACLId?: unknown };
  return WebACLId && deployment.target(WebACLId);
};
const rulesOf = (deployment: Deployment) => deployment.at('firewall').properties['Rules'] as Rule[];

describe('the web ACL of the edge', () => {
  it('is not there unless a setting asks for it', () => {
    const prod = deploymentOf('prod');
    expect(prod.ofType('AWS::WAFv2::WebACL')).toEqual([]);
    expect(webAclOf(prod)).toBeUndefined();
  });

  it('is the one that the account has when a setting names it', () => {
    const named = deploymentOf('prod', { edge: { webAclArn } });
    expect(named.ofType('AWS::WAFv2::WebACL')).toEqual([]);
    expect(webAclOf(named)).toBe(webAclArn);
  });

  it('refuses an address above the limit as the contract says, with 429 and a time to wait', () => {
    expect(webAclOf(limited)).toBe('firewall.Arn');
    expect(limited.at('firewall').properties).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(rulesOf(limited)[0]).toMatchObject({
      Priority: 0,
      Statement: { RateBasedStatement: { Limit: 2_000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
      Action: {
        Block: {
          CustomResponse: {
            ResponseCode: 429,
            CustomResponseBodyKey: 'throttled',
            ResponseHeaders: [{ Name: 'retry-after', Value: '300' }],
          },
        },
      },
    });
    const { CustomResponseBodies: bodies } = limited.at('firewall').properties as {
      CustomResponseBodies: { throttled: { Content: string } };
    };
    expect(JSON.parse(bodies.throttled.Content)).toMatchObject({ status: 429, code: 'throttled' });
  });

  it('lets bodies pass that the contract allows, and clients without a name', () => {
    const overrides = rulesOf(limited).flatMap(
      ({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
    );
    expect(overrides).toEqual([
      { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
      { Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } },
    ]);
  });

  it('asks its rules one after the other and samples no request', () => {
    const rules = rulesOf(limited);
    expect(rules.map(({ Priority }) => Priority)).toEqual(rules.map((_rule, index) => index));
    for (const rule of rules) expect(rule).toMatchObject({ VisibilityConfig: { SampledRequestsEnabled: false } });
  });

  it('can be deployed to us-east-1 only, and no stack of its stage anywhere else', () => {
    for (const template of [limited.state, limited.compute, limited.edge]) {
      expect(template?.toJSON()['Rules']).toMatchObject({
        requiredregion: {
          Assertions: [
            {
              Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
              AssertDescription: expect.stringMatching(/must be deployed to us-east-1.*rateLimitPerFiveMinutes/),
            },
          ],
        },
      });
    }
  });

  it('keeps no other stage out of any region', () => {
    const named = deploymentOf('prod', { edge: { webAclArn } });
    for (const template of [named.state, named.compute, named.edge]) {
      expect(template?.toJSON()['Rules']).not.toHaveProperty('requiredregion');
    }
  });
});
