import { projectorFunction } from '../../../../../lambdas/spine/functions/projector-function.ts';
import { tallies } from '../tally.ts';

export const handler = projectorFunction([tallies]);
