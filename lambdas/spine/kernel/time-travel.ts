// Any version or instant of a stream is a fold up to there.
import type { Commit } from './envelope.ts';
import { foldOf, type Projection } from './projections/projection.ts';

/** How far to fold: a version, or an instant in ISO 8601 UTC with milliseconds. */
export type PointInStream = { readonly version: number } | { readonly asOf: string };

/**
 * The part and the version that the stream had at that point; `undefined` if it had not begun, or never came as far. An event is
 * seen from its own time on, that millisecond included, and from no earlier than the events before it: in commits that were
 * written before their times were kept from falling, these may be later.
 */
export function partAt<Part>(
  projection: Projection<Part>,
  commits: readonly Commit[],
  point: PointInStream,
): { readonly part: Part; readonly version: number } | undefined {
  let reached: { part: Part; version: number } | undefined;
  for (const event of commits.flatMap((commit) => foldOf(projection, commit.stream).codec.decode(commit))) {
    const isBeyond = 'version' in point ? event.version > point.version : event.time > point.asOf;
    if (isBeyond) break;
    reached = { part: foldOf(projection, event.stream).evolve(reached?.part, event), version: event.version };
  }
  return 'version' in point && reached?.version !== point.version ? undefined : reached;
}
