// A view: all parts of one key, composed. The part of the thing's own stream, by whose name the key is called, makes it exist.
import type { Projection, Row } from './projection.ts';

/** A projection whose views are made of several streams. */
export interface ComposedProjection<Own, Other, Shown> extends Projection<Own | Other> {
  /**
   * What a view shows.
   * @param own the part of the thing's own stream
   * @param others those of the other streams, in the order of the streams' names; any of them may be missing yet. Pure.
   */
  compose(own: Own, others: readonly Other[]): Shown;
}

export interface View<Shown> {
  /** Name of the thing's own stream. */
  readonly key: string;
  /** Of the thing's own stream. */
  readonly version: number;
  readonly shown: Shown;
  /** What it is made of: which streams, how far, in the order of their names. */
  readonly rows: readonly Row<unknown>[];
}

/**
 * @param rows all of the key's
 * @returns `undefined` without the thing's own part
 */
export function composeView<Own, Other, Shown>(
  projection: ComposedProjection<Own, Other, Shown>,
  key: string,
  rows: readonly Row<Own | Other>[],
): View<Shown> | undefined {
  const inOrder = rows.toSorted((left, right) => (left.stream < right.stream ? -1 : 1));
  const own = inOrder.find(({ stream }) => stream === key);
  if (!own) return undefined;
  const others = inOrder.filter((row) => row !== own).map(({ part }) => part as Other);
  return { key, version: own.version, shown: projection.compose(own.part as Own, others), rows: inOrder };
}
