import { logger } from '../../runtime/logger.ts';

/** So long what was measured is shown again: each look costs a cent for 1,000 metrics. */
const KEPT_IN_MILLIS = 5_000;

/** Asks once in a while, however many ask for it. What cannot be measured now is `undefined`, and asked again. */
export function keptBriefly<Figures>(ask: () => Promise<Figures>, now: () => Date): () => Promise<Figures | undefined> {
  let kept: { readonly figures: Figures; readonly at: number } | undefined;
  return async () => {
    if (kept && now().getTime() - kept.at < KEPT_IN_MILLIS) return kept.figures;
    try {
      const figures = await ask();
      kept = { figures, at: now().getTime() };
      return figures;
    } catch (error) {
      logger.warn('The hops could not be measured', { error });
      return undefined;
    }
  };
}
