// The web ACL before the distribution: a limit for each address, and rules that AWS keeps up to date.
import { Duration } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

export interface EdgeFirewallProps {
  readonly requestsPerFiveMinutes: number;
}

interface ManagedRules {
  readonly name: string;
  /** Rules of the group that refuse nothing. */
  readonly countOnly?: readonly string[];
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const managedRules: readonly ManagedRules[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  // A body may have 64 KB, and the first rule refuses more than 8. Not every client or sender of webhooks names itself.
  { name: 'AWSManagedRulesCommonRuleSet', countOnly: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'] },
];

const window = Duration.minutes(5);

/** As the API's own problems, but for the media type: AWS WAF can say `application/json` at most. */
const throttled = {
  type: 'urn:eventspine:problem:throttled',
  title: 'Throttled',
  status: 429,
  detail: 'Too many requests came from this address. Try again later.',
  code: 'throttled',
};

export class EdgeFirewall extends CfnWebACL {
  constructor(scope: Construct, id: string, { requestsPerFiveMinutes }: EdgeFirewallProps) {
    super(scope, id, {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('edge'),
      customResponseBodies: {
        [throttled.code]: { contentType: 'APPLICATION_JSON', content: JSON.stringify(throttled) },
      },
      rules: [rateRule(requestsPerFiveMinutes), ...managedRules.map(managedRule)],
    });
  }
}

const rateRule = (limit: number): CfnWebACL.RuleProperty => ({
  name: 'rate',
  priority: 0,
  statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: window.toSeconds() } },
  action: {
    block: {
      customResponse: {
        responseCode: throttled.status,
        customResponseBodyKey: throttled.code,
        responseHeaders: [{ name: 'retry-after', value: String(window.toSeconds()) }],
      },
    },
  },
  visibilityConfig: visibility('rate'),
});

const managedRule = ({ name, countOnly }: ManagedRules, index: number): CfnWebACL.RuleProperty => ({
  name,
  priority: index + 1,
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(countOnly && {
        ruleActionOverrides: countOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      }),
    },
  },
  overrideAction: { none: {} },
  visibilityConfig: visibility(name),
});

/** No samples: they show whole requests, tokens included. */
const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});
