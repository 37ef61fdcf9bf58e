// What every front door is given: the routes, and the functions that answer them.
import type { Route } from '../../lambdas/bindings/routes.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { ServiceFunction } from './service-function.ts';

export type FunctionByName = Readonly<Record<Route['function'], ServiceFunction>>;

export interface FrontDoorProps {
  readonly settings: StageSettings;
  readonly routes: readonly Route[];
  readonly functions: FunctionByName;
}
