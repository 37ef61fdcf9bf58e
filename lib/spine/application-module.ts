// Makes the stacks of an application from its manifest.
import { functionEntriesOf } from '../../lambdas/spine/manifest/entries.ts';
import type { Application } from '../../lambdas/spine/manifest/manifest.ts';
import type { ApplicationModule } from './application-folder.ts';
import { settingsFrom } from './settings/settings-from.ts';
import type { SettingsGroup, SettingsOf } from './settings/settings-group.ts';
import type { StageSettings } from './settings/stage-settings.ts';
import { addApplicationStacks, type Extend } from './stacks/application-stacks.ts';

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
