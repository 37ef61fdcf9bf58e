// A next version of a read model: every part says how many events it is of.
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';

interface Counted {
  readonly events?: number;
}

export const raised = (projection: Projection<unknown>): Projection<unknown> => ({
  ...projection,
  generation: projection.generation + 1,
  folds: Object.fromEntries(
    Object.entries(projection.folds).map(([category, fold]) => [
      category,
      {
        ...fold,
        evolve: (part, event) => ({
          ...(fold.evolve(part, event) as object),
          events: ((part as Counted | undefined)?.events ?? 0) + 1,
        }),
      },
    ]),
  ),
});
