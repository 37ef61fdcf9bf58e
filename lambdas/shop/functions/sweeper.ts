import { sweeperFunction } from '../../spine/functions/sweeper-function.ts';
import { readModels } from '../shop.ts';

export const handler = sweeperFunction(readModels);
