import { applicationModule } from '../../lib/spine/application-module.ts';
import { library } from './library.ts';

export default applicationModule(library);
