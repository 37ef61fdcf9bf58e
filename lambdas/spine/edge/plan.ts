// Decides what to invalidate: the tags that a batch names, each once; of a collection with many, the collection's own tag in
// their place, which all answers of the collection carry; and no more than the budget has. Pure.
import type { Invalidation } from '../kernel/pipeline/invalidation.ts';
import { type TokenBucket, take } from '../kernel/pipeline/token-bucket.ts';

export interface PlanSettings {
  /** A collection with more tags than that is invalidated as a whole. */
  readonly collapseAbove: number;
  /** How long the edge may keep an answer. */
  readonly sharedLifetimeInSeconds: number;
  /** Longest time from the start of a read until its answer is in the cache, and when the second pass follows. */
  readonly settlingInSeconds: number;
}

/** What the batch asks for in one collection, and what is to be invalidated for it. */
export interface PlannedCollection {
  readonly collection: string;
  /** The tags that are asked for, in either pass. */
  readonly asked: readonly string[];
  /** Those of the first pass. */
  readonly changed: readonly string[];
  /** What to invalidate: the tags that are asked for, or the collection's own. */
  readonly tags: readonly string[];
  /** What to ask for again when the reads that are under way have ended. */
  readonly secondPass: Invalidation | undefined;
}

export interface Plan {
  /** What to invalidate, each tag once; a token is taken for each. */
  readonly tags: readonly string[];
  readonly affordable: readonly PlannedCollection[];
  /** What the budget has nothing left for. */
  readonly dropped: readonly PlannedCollection[];
  /** What is left of the budget. */
  readonly bucket: TokenBucket;
}

/** @param bucket refilled up to now */
export function plan(
  invalidations: readonly Invalidation[],
  bucket: TokenBucket,
  settings: PlanSettings,
  now: Date,
): Plan {
  const live = invalidations.filter(({ changedAt }) => !isOver(changedAt, settings, now));
  const byCollection = Map.groupBy(live, ({ collection }) => collection);
  const wanted = [...byCollection].map(([collection, ofIt]) => planned(collection, ofIt, settings.collapseAbove));
  const fitting = collapsedToFit(wanted, bucket.tokens);
  const tags = new Set<string>();
  const affordable = fitting.filter((each) => {
    const further = each.tags.filter((tag) => !tags.has(tag));
    const isAffordable = tags.size + further.length <= bucket.tokens;
    if (isAffordable) for (const tag of further) tags.add(tag);
    return isAffordable;
  });
  const dropped = fitting.filter((each) => !affordable.includes(each));
  return { tags: [...tags], affordable, dropped, bucket: take(bucket, tags.size) };
}

/** By then, every answer that shows the old row has expired: it was read within the settling time and kept for one lifetime. */
const isOver = (changedAt: string, { sharedLifetimeInSeconds, settlingInSeconds }: PlanSettings, now: Date): boolean =>
  now.getTime() - Date.parse(changedAt) > (sharedLifetimeInSeconds + settlingInSeconds) * 1000;

function planned(collection: string, invalidations: readonly Invalidation[], collapseAbove: number): PlannedCollection {
  const asked = tagsOf(invalidations);
  const first = invalidations.filter(({ pass }) => pass === 1);
  const changed = tagsOf(first);
  const changedAt = first
    .map((each) => each.changedAt)
    .toSorted()
    .at(-1);
  const secondPass: Invalidation | undefined =
    changedAt === undefined ? undefined : { collection, tags: changed, changedAt, pass: 2 };
  const single = { collection, asked, changed, tags: asked, secondPass };
  return asked.length > collapseAbove || asked.includes(collection) ? collapsed(single) : single;
}

const tagsOf = (invalidations: readonly Invalidation[]): string[] => [
  ...new Set(invalidations.flatMap(({ tags }) => tags)),
];

const collapsed = (single: PlannedCollection): PlannedCollection => ({
  ...single,
  tags: [single.collection],
  secondPass: single.secondPass && { ...single.secondPass, tags: [single.collection] },
});

/** The collections, those with most tags first, with as many of them collapsed as it takes to fit the budget. */
function collapsedToFit(wanted: readonly PlannedCollection[], tokens: number): readonly PlannedCollection[] {
  const fitting = wanted.toSorted((left, right) => right.asked.length - left.asked.length);
  for (const [index, single] of fitting.entries()) {
    if (new Set(fitting.flatMap(({ tags }) => tags)).size <= tokens) break;
    if (single.tags.length > 1) fitting[index] = collapsed(single);
  }
  return fitting;
}
