import type { Application } from '../../../lambdas/spine/manifest/manifest.ts';
import type { FunctionCode } from '../bundles/function-bundles.ts';
import type { StageSettings } from '../settings/stage-settings.ts';
import type { StateStack } from './state-stack.ts';

/** What the functions of a stage are made from. */
export interface ComputeContext {
  readonly application: Application;
  readonly settings: StageSettings;
  readonly state: StateStack;
  readonly code: FunctionCode;
}
