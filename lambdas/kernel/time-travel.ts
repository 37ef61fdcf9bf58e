// Any version or instant of a stream is a fold up to there.
import type { Commit, DomainEvent } from './envelope.ts';
import type { Projection } from './projection.ts';

/** How far to fold: a version, or an instant in ISO 8601 UTC with milliseconds. */
export type PointInStream = { readonly version: number } | { readonly asOf: string };

/**
 * The view and the version that the stream had at that point; `undefined` if it had not begun, or never came as far. An event is
 * seen from its own time on, that millisecond included, and from no earlier than the events before it: in commits that were
 * written before their times were kept from falling, these may be later.
 */
export function viewAt<View, Event extends DomainEvent>(
  projection: Projection<View, Event>,
  commits: readonly Commit[],
  point: PointInStream,
): { readonly view: View; readonly version: number } | undefined {
  let reached: { view: View; version: number } | undefined;
  for (const event of commits.flatMap((commit) => projection.codec.decode(commit))) {
    const isBeyond = 'version' in point ? event.version > point.version : event.time > point.asOf;
    if (isBeyond) break;
    reached = { view: projection.evolve(reached?.view, event), version: event.version };
  }
  return 'version' in point && reached?.version !== point.version ? undefined : reached;
}
