import { projectorFunction } from '../../../../../lambdas/spine/functions/projector-function.ts';
import { readModels } from '../tallies.ts';

export const handler = projectorFunction(readModels);
