// What makes a folder an application that this project deploys and runs: the default export of its `app.ts`.
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { App } from 'aws-cdk-lib';
import { functionEntriesOf } from '../../lambdas/spine/manifest/entries.ts';
import type { Application } from '../../lambdas/spine/manifest/manifest.ts';
import type { FunctionEntries } from './bundles/bundle-build.ts';
import type { FunctionCode } from './bundles/function-bundles.ts';
import { settingsFrom } from './settings/settings-from.ts';
import type { SettingsGroup, SettingsOf } from './settings/settings-group.ts';
import type { StageSettings } from './settings/stage-settings.ts';
import { addApplicationStacks, type Extend } from './stacks/application-stacks.ts';

export interface ApplicationModule {
  readonly functionEntries: FunctionEntries;
  /**
   * Adds the stacks of the stage that the app's context names (`-c stage=dev`).
   * @throws Error for settings that break a rule; the message names the rule, the value and the `-c` key
   */
  addStacks(app: App, code: FunctionCode): void;
}

export interface ApplicationOptions<Groups extends readonly SettingsGroup[]> {
  /** What its stages can set: `stageGroups`, `email` where it sends notifications, and groups of its own. */
  readonly groups: Groups;
  /**
   * Adds to the stacks what no other application has.
   * @default nothing is added
   */
  readonly extend?: Extend<SettingsOf<Groups> & StageSettings>;
}

/**
 * The default export of an application's `app.ts`.
 * @example export default applicationModule(library, { groups: [...stageGroups, email] });
 */
export function applicationModule<const Groups extends readonly SettingsGroup[]>(
  application: Application,
  { groups, extend }: ApplicationOptions<Groups>,
): ApplicationModule {
  return {
    functionEntries: functionEntriesOf(application),
    addStacks(app, code) {
      const settings = settingsFrom(app.node.getAllContext(), groups) as SettingsOf<Groups> & StageSettings;
      addApplicationStacks(app, { application, settings, code, ...(extend !== undefined && { extend }) });
    },
  };
}

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** @param folder absolute, or from the project's folder on: `examples/library` */
export async function applicationIn(folder: string): Promise<ApplicationModule> {
  const path = join(isAbsolute(folder) ? folder : join(projectFolder, folder), 'app.ts');
  const module: { readonly default: ApplicationModule } = await import(pathToFileURL(path).href);
  return module.default;
}
