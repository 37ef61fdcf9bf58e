// Views of several streams as queries see them: every part is at least as far as the caller's consistency tokens, and of this
// code's own generation.
import pMap from 'p-map';
import { type ComposedProjection, composeView, type View } from '../../kernel/projections/view.ts';
import type { ConsistencyToken } from './consistency.ts';
import { checkReached, freshRow, isFolded, PARALLEL_FOLDS, type ReadModel } from './read-model.ts';

export interface ViewModel<Own, Other, Shown> extends ReadModel<Own | Other> {
  readonly projection: ComposedProjection<Own, Other, Shown>;
}

/**
 * The view of that key, each part brought up to date first if a token asks for more than it has; `undefined` without the part of the
 * thing's own stream. A token of any stream of the view asks for that part too if none stands: what another stream tells of a
 * thing is told after its own has begun.
 * @throws Problem 400 for a token that names a version which its stream never reached
 */
export async function viewOf<Own, Other, Shown>(
  model: ViewModel<Own, Other, Shown>,
  key: string,
  tokens: readonly ConsistencyToken[],
): Promise<View<Shown> | undefined> {
  const { projection, table } = model;
  const standing = new Map((await table.ofView(key)).map((row) => [row.stream, row]));
  const named = tokens.map(({ stream }) => stream).filter((stream) => isFolded(model, stream));
  const ofView = named.filter((stream) => projection.viewKey(stream) === key);
  const asked = ofView.length > 0 ? [key, ...ofView] : [];
  const streams = [...new Set([...standing.keys(), ...asked])].filter((stream) => isFolded(model, stream));
  const rows = await pMap(streams, (stream) => freshRow(model, stream, standing.get(stream), tokens), {
    concurrency: PARALLEL_FOLDS,
  });
  const view = composeView(
    projection,
    key,
    rows.filter((row) => row !== undefined),
  );
  if (!view) return undefined;
  for (const [at, stream] of streams.entries()) checkReached(rows[at] ?? { stream, version: 0 }, tokens);
  return view;
}
