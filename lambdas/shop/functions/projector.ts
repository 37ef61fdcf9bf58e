import { projectorFunction } from '../../spine/functions/projector-function.ts';
import { projections } from '../read-models.ts';

export const handler = projectorFunction(projections);
