import type { ApplicationModule } from '../spine/application-module.ts';
import { settingsFromContext } from '../spine/settings/context.ts';
import { addEventspine } from './eventspine-app.ts';
import { functionEntries } from './function-entries.ts';

export default {
  functionEntries,
  addStacks: (app, code) => addEventspine(app, settingsFromContext(app.node), code),
} satisfies ApplicationModule;
