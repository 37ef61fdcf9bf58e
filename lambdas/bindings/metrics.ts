// Names of the metrics that functions publish and alarms watch.

export const METRICS_NAMESPACE = 'Eventspine';

/** Cache tags of changed rows, each counted once a batch. */
export const TAGS_CHANGED = 'TagsChanged';
/** Cache tags that were invalidated: what CloudFront bills. */
export const TAGS_INVALIDATED = 'TagsInvalidated';
/** Invalidations that CloudFront took. */
export const INVALIDATION_CALLS = 'InvalidationCalls';
/** Cache tags that the budget had nothing left for; their answers stay for their shared lifetime. */
export const TAGS_DROPPED = 'TagsDropped';
/** What is left of the budget, in tags. */
export const TOKENS_LEFT = 'TokensLeft';

/** Streams that a hop could not pass on, and the redrive did. */
export const STREAMS_REDRIVEN = 'StreamsRedriven';
/** Streams that the redrive could not pass on either, counted at each attempt. */
export const STREAMS_AWAITING_REDRIVE = 'StreamsAwaitingRedrive';
