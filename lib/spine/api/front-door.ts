// What every front door takes: the routes, and the functions that answer them.
import type { Route } from '../../../lambdas/spine/manifest/routes.ts';
import type { ServiceFunction } from '../operations/service-function.ts';
import type { StageSettings } from '../settings/stage-settings.ts';

export type FunctionByName = Readonly<Record<string, ServiceFunction>>;

/** Where an API is reached. */
export interface FrontDoorAddress {
  /** With a slash at its end. */
  readonly url: string;
  readonly host: string;
  /** What stands before the API's own paths, with a slash before and none after: a REST API has the name of its stage there. */
  readonly basePath?: string;
}

export interface FrontDoorProps {
  /** The API's description, for people who find it in the account. */
  readonly description: string;
  readonly settings: StageSettings;
  readonly routes: readonly Route[];
  readonly functions: FunctionByName;
}
