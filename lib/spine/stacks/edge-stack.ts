// What stands before the API: the distribution with its web ACL and logs, and the function that purges it.
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import { routesOf } from '../../../lambdas/spine/manifest/routes.ts';
import type { FrontDoorAddress } from '../api/front-door.ts';
import type { FunctionCode } from '../bundles/function-bundles.ts';
import { cachingByPath } from '../edge/caching-by-path.ts';
import { EdgeAlarms } from '../edge/edge-alarms.ts';
import { EdgeDistribution } from '../edge/edge-distribution.ts';
import { EdgeFirewall } from '../edge/edge-firewall.ts';
import { EdgeLogs } from '../edge/edge-logs.ts';
import { INVALIDATOR, Invalidator } from '../edge/invalidator.ts';
import { functionDefaults } from '../settings/construct-props.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { DISTRIBUTION_ID_OUTPUT } from '../settings/stack-outputs.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { EdgeState } from './state-stack.ts';

export interface EdgeStackProps extends StackProps {
  readonly application: Application;
  readonly settings: StageSettings;
  readonly edge: EdgeSettings;
  readonly state: EdgeState;
  readonly api: FrontDoorAddress;
  readonly code: FunctionCode;
}

export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { application, settings, edge, state, api, code } = props;
    const { timeoutInSeconds } = settings.http;
    const { alarmTopicArn } = settings;
    const webAclArn = this.webAclArn(edge);
    const distribution = new EdgeDistribution(this, 'edge', {
      comment: `${application.api.title}, stage ${settings.stage}`,
      cachingByPath: cachingByPath(routesOf(application)),
      corsOrigins: settings.corsOrigins,
      timeoutInSeconds,
      alarmTopicArn,
      edge,
      api,
      originSecret: state.originSecret,
      ...(webAclArn !== undefined && { webAclArn }),
    });
    const { inRegion } = new EdgeLogs(this, 'logs', {
      ...functionDefaults(settings),
      distribution: distribution.distribution,
    });
    new Invalidator(this, INVALIDATOR, {
      ...functionDefaults(settings),
      stage: settings.stage,
      timeoutInSeconds,
      edge,
      distribution,
      subscription: state.invalidation,
      budget: state.budget,
      code: code(INVALIDATOR),
    });
    // In another region there is nothing to watch: with `edgeAlarmTopicArn` they are made where the metrics are.
    if (settings.edgeAlarmTopicArn === undefined) {
      const { distributionId } = distribution.distribution;
      new EdgeAlarms(this, 'edge-alarms', { alarmTopicArn, distributionId, condition: inRegion });
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
