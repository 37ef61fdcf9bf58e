// Puts the application together: the stacks of one stage, in a CDK app.
import { type App, Tags } from 'aws-cdk-lib';
import { projections } from '../../lambdas/shop/read-models.ts';
import type { FunctionCode } from '../spine/bundles/function-bundles.ts';
import { requireRegion } from '../spine/edge/required-region.ts';
import { topicRegion } from '../spine/settings/operation-settings.ts';
import type { ShopSettings } from './settings/shop-settings.ts';
import { ComputeStack } from './stacks/compute-stack.ts';
import { EdgeAlarmStack } from './stacks/edge-alarm-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { StateStack } from './stacks/state-stack.ts';

/**
 * Adds the stacks of a stage to an app: `eventspine-<stage>-state`, `-compute` and, on a stage with an edge, `-edge`; where that
 * is not in us-east-1 and a topic there is named, `-edge-alarms` too.
 */
export function addEventspine(app: App, settings: ShopSettings, code: FunctionCode): void {
  const prefix = `eventspine-${settings.stage}`;
  const state = new StateStack(app, `${prefix}-state`, {
    description: `Eventspine, stage ${settings.stage}: event table, read tables, stream and queues`,
    settings,
    projections,
  });
  const compute = new ComputeStack(app, `${prefix}-compute`, {
    description: `Eventspine, stage ${settings.stage}: functions and API`,
    settings,
    state,
    code,
  });
  if (settings.edge !== undefined && state.edge !== undefined) {
    const edge = new EdgeStack(app, `${prefix}-edge`, {
      description: `Eventspine, stage ${settings.stage}: CloudFront distribution and invalidation`,
      settings,
      edge: settings.edge,
      state: state.edge,
      api: compute.api,
      code,
    });
    addEdgeAlarms(app, edge, settings);
  }
  if (settings.edge?.rateLimitPerFiveMinutes !== undefined) {
    requireRegion(
      app,
      'us-east-1',
      'CloudFront takes web ACLs from there only, and edge.rateLimitPerFiveMinutes makes one',
    );
  }
  Tags.of(app).add('application', 'eventspine');
  Tags.of(app).add('stage', settings.stage);
}

/** An alarm and the topic that it notifies are in one region, so the stage's topic tells the stage's. */
function addEdgeAlarms(app: App, edge: EdgeStack, { stage, alarmTopicArn, edgeAlarmTopicArn }: ShopSettings): void {
  const edgeRegion = alarmTopicArn && topicRegion(alarmTopicArn);
  if (edgeAlarmTopicArn === undefined || edgeRegion === undefined) return;
  const alarms = new EdgeAlarmStack(app, `eventspine-${stage}-edge-alarms`, {
    description: `Eventspine, stage ${stage}: alarms on the CloudFront distribution`,
    topicArn: edgeAlarmTopicArn,
    edgeStackName: edge.stackName,
    edgeRegion,
  });
  alarms.addStackDependency(edge);
}
