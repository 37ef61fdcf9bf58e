import { projectorFunction } from '../../spine/functions/projector-function.ts';
import { readModels } from '../shop.ts';

export const handler = projectorFunction(readModels);
