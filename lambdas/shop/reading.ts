import { readingOf } from '../spine/http/queries/consistency.ts';
import { projections } from './read-models.ts';

/** The parameter of every query of the shop that takes consistency tokens. */
export const reading = readingOf(projections);
