import { applicationModule } from '../../../../lib/spine/application-module.ts';
import { tallyApplication } from './tallies.ts';

export default applicationModule(tallyApplication);
