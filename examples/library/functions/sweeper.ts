import { sweeperFunction } from '../../../lambdas/spine/functions/sweeper-function.ts';
import { loans } from '../loans.ts';

export const handler = sweeperFunction([loans]);
