// Puts an application together: the stacks of one stage, in a CDK app.
import { type App, Tags } from 'aws-cdk-lib';
import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import type { FunctionCode } from '../bundles/function-bundles.ts';
import { requireRegion } from '../edge/required-region.ts';
import { topicRegion } from '../settings/operation-settings.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import { ComputeStack } from './compute-stack.ts';
import { EdgeAlarmStack } from './edge-alarm-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { StateStack } from './state-stack.ts';

/** The stacks that an application may add to. */
export interface ApplicationStacks {
  /** What has state. */
  readonly state: StateStack;
  /** What runs. */
  readonly compute: ComputeStack;
}

/** Adds what an application needs beyond the manifest: secrets, variables, permissions, alarms. */
export type Extend<Settings extends StageSettings> = (stacks: ApplicationStacks, settings: Settings) => void;

export interface ApplicationStacksProps<Settings extends StageSettings> {
  readonly application: Application;
  readonly settings: Settings;
  readonly code: FunctionCode;
  /** @default nothing is added */
  readonly extend?: Extend<Settings>;
}

/**
 * Adds the stacks of a stage to an app: `<name>-<stage>-state`, `-compute` and, on a stage with an edge, `-edge`; where that
 * is not in us-east-1 and a topic there is named, `-edge-alarms` too.
 */
export function addApplicationStacks<Settings extends StageSettings>(
  app: App,
  { application, settings, code, extend }: ApplicationStacksProps<Settings>,
): void {
  const { stage } = settings;
  const prefix = `${application.name}-${stage}`;
  const title = `${application.api.title}, stage ${stage}`;
  const state = new StateStack(app, `${prefix}-state`, {
    description: `${title}: event table, read tables, stream and queues`,
    application,
    settings,
  });
  const compute = new ComputeStack(app, `${prefix}-compute`, {
    description: `${title}: functions and API`,
    application,
    settings,
    state,
    code,
  });
  extend?.({ state, compute }, settings);
  if (settings.edge !== undefined && state.edge !== undefined) {
    const edge = new EdgeStack(app, `${prefix}-edge`, {
      description: `${title}: CloudFront distribution and invalidation`,
      application,
      settings,
      edge: settings.edge,
      state: state.edge,
      api: compute.api,
      code,
    });
    addEdgeAlarms(app, `${prefix}-edge-alarms`, { title, settings, edge });
  }
  if (settings.edge?.rateLimitPerFiveMinutes !== undefined) {
    requireRegion(
      app,
      'us-east-1',
      'CloudFront takes web ACLs from there only, and edge.rateLimitPerFiveMinutes makes one',
    );
  }
  Tags.of(app).add('application', application.name);
  Tags.of(app).add('stage', stage);
}

interface EdgeAlarmsProps {
  readonly title: string;
  readonly settings: Pick<StageSettings, 'alarmTopicArn' | 'edgeAlarmTopicArn'>;
  readonly edge: EdgeStack;
}

/** An alarm and the topic that it notifies are in one region, so the stage's topic tells the stage's. */
function addEdgeAlarms(app: App, id: string, { title, settings, edge }: EdgeAlarmsProps): void {
  const { alarmTopicArn, edgeAlarmTopicArn } = settings;
  const edgeRegion = alarmTopicArn && topicRegion(alarmTopicArn);
  if (edgeAlarmTopicArn === undefined || edgeRegion === undefined) return;
  const alarms = new EdgeAlarmStack(app, id, {
    description: `${title}: alarms on the CloudFront distribution`,
    topicArn: edgeAlarmTopicArn,
    edgeStackName: edge.stackName,
    edgeRegion,
  });
  alarms.addStackDependency(edge);
}
