import { queryFunction } from '../../../lambdas/spine/functions/query-function.ts';
import { api, readModels } from '../library.ts';

export const handler = queryFunction(api, readModels);
