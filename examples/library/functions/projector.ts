import { projectorFunction } from '../../../lambdas/spine/functions/projector-function.ts';
import { loans } from '../loans.ts';

export const handler = projectorFunction([loans]);
