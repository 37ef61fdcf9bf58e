import { projectorFunction } from '../../../lambdas/spine/functions/projector-function.ts';
import { readModels } from '../library.ts';

export const handler = projectorFunction(readModels);
