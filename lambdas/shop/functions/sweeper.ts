import { sweeperFunction } from '../../spine/functions/sweeper-function.ts';
import { projections } from '../read-models.ts';

export const handler = sweeperFunction(projections);
