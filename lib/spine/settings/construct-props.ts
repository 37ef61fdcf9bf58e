// What constructs are given of a stage's settings.
import { RemovalPolicy } from 'aws-cdk-lib';
import type { FunctionDefaults } from '../operations/service-function.ts';
import type { StageSettings } from './stage-settings.ts';

/** Whether data outlives its stack. */
export const removalPolicyOf = ({ retainsData }: Pick<StageSettings, 'retainsData'>): RemovalPolicy =>
  retainsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

export const functionDefaults = (settings: StageSettings): FunctionDefaults => ({
  logRetention: settings.logRetention,
  removalPolicy: removalPolicyOf(settings),
  tracing: settings.tracing,
  alarmTopicArn: settings.alarmTopicArn,
});
