// The alarms on the edge of a stage that is not in us-east-1, where CloudFront's metrics are.
import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EdgeAlarms } from '../edge/edge-alarms.ts';
import { DISTRIBUTION_ID_OUTPUT } from '../settings/stack-outputs.ts';

export interface EdgeAlarmStackProps extends StackProps {
  /** In us-east-1. */
  readonly topicArn: string;
  /** Name of the stack with the distribution. */
  readonly edgeStackName: string;
  readonly edgeRegion: string;
}

export class EdgeAlarmStack extends Stack {
  constructor(scope: Construct, id: string, { topicArn, edgeStackName, edgeRegion, ...props }: EdgeAlarmStackProps) {
    super(scope, id, { ...props, env: { region: 'us-east-1' } });
    new EdgeAlarms(this, 'edge-alarms', {
      alarmTopicArn: topicArn,
      distributionId: Fn.getStackOutput(edgeStackName, DISTRIBUTION_ID_OUTPUT, edgeRegion),
    });
  }
}
