// What stands before the API: the distribution with its web ACL and logs, and the function that purges it.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FrontDoorAddress } from '../../spine/api/front-door.ts';
import type { FunctionCode } from '../../spine/bundles/function-bundles.ts';
import { EdgeAlarms } from '../../spine/edge/edge-alarms.ts';
import { EdgeDistribution } from '../../spine/edge/edge-distribution.ts';
import { EdgeFirewall } from '../../spine/edge/edge-firewall.ts';
import { EdgeLogs } from '../../spine/edge/edge-logs.ts';
import { Invalidator } from '../../spine/edge/invalidator.ts';
import type { EdgeSettings } from '../../spine/settings/edge-settings.ts';
import { DISTRIBUTION_ID_OUTPUT } from '../../spine/settings/stack-outputs.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';
import type { EdgeState } from './state-stack.ts';

export interface EdgeStackProps extends StackProps {
  readonly settings: ShopSettings;
  readonly edge: EdgeSettings;
  readonly state: EdgeState;
  readonly api: FrontDoorAddress;
  readonly code: FunctionCode;
}

export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { settings, edge, state, api, code } = props;
    const webAclArn = this.webAclArn(edge);
    const distribution = new EdgeDistribution(this, 'edge', {
      settings,
      edge,
      api,
      originSecret: state.originSecret,
      ...(webAclArn !== undefined && { webAclArn }),
    });
    const { inRegion } = new EdgeLogs(this, 'logs', { settings, distribution: distribution.distribution });
    new Invalidator(this, 'invalidator', {
      settings,
      edge,
      distribution,
      subscription: state.invalidation,
      budget: state.budget,
      code: code('invalidator'),
    });
    // In another region there is nothing to watch: `edgeAlarmTopicArn` has them made where the metrics are.
    if (settings.edgeAlarmTopicArn === undefined) {
      const { distributionId } = distribution.distribution;
      new EdgeAlarms(this, 'edge-alarms', { settings, distributionId, condition: inRegion });
    }
    new CfnOutput(this, 'Url', { value: distribution.url });
    new CfnOutput(this, 'DistributionDomainName', { value: distribution.distribution.distributionDomainName });
    new CfnOutput(this, DISTRIBUTION_ID_OUTPUT, { value: distribution.distribution.distributionId });
  }

  private webAclArn({ rateLimitPerFiveMinutes, webAclArn }: EdgeSettings): string | undefined {
    if (rateLimitPerFiveMinutes === undefined) return webAclArn;
    return new EdgeFirewall(this, 'firewall', { requestsPerFiveMinutes: rateLimitPerFiveMinutes }).attrArn;
  }
}
