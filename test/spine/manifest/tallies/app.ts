import { applicationModule } from '../../../../lib/spine/application-module.ts';
import { stageGroups } from '../../../../lib/spine/settings/stage-settings.ts';
import { tallyApplication } from './tallies.ts';

export default applicationModule(tallyApplication, { groups: stageGroups });
