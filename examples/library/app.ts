import { applicationModule } from '../../lib/spine/application-module.ts';
import { email } from '../../lib/spine/settings/email-settings.ts';
import { stageGroups } from '../../lib/spine/settings/stage-settings.ts';
import { library } from './library.ts';

export default applicationModule(library, { groups: [...stageGroups, email] });
