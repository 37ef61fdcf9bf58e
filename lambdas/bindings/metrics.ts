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

/** Orders whose fulfilment has been waiting for 10 minutes for something that is down, each counted at each try. */
export const LONG_WAITS = 'LongWaits';
/** Refunds that the payment provider could not make after all. */
export const REFUNDS_FAILED = 'RefundsFailed';
