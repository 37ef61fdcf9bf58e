import type { ApplicationModule } from '../spine/application-module.ts';
import { settingsFrom } from '../spine/settings/settings-from.ts';
import { addEventspine } from './eventspine-app.ts';
import { functionEntries } from './function-entries.ts';
import { shopGroups } from './settings/shop-settings.ts';

export default {
  functionEntries,
  addStacks: (app, code) => addEventspine(app, settingsFrom(app.node.getAllContext(), shopGroups), code),
} satisfies ApplicationModule;
