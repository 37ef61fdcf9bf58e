// Names of the metrics that functions publish and alarms watch.

export const METRICS_NAMESPACE = 'Eventspine';

/** Milliseconds from an event's time until a subscriber was done with it: a row written, a process carried on, a notification sent. */
export const LAG = 'Lag';

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
/** Notifications that SES has taken. The metrics' own names are older than the constants: dashboards have them. */
export const NOTIFICATIONS_SENT = 'EmailsSent';
/** How often a notification has to wait, for the rate or for an outage of SES. It comes again by itself. */
export const NOTIFICATIONS_DELAYED = 'EmailsDelayed';
/** How often SES did not take a notification and will not until somebody changes something there. It comes again for two days. */
export const NOTIFICATIONS_BLOCKED = 'EmailsBlocked';
/** Notifications that SES refused for good. */
export const NOTIFICATIONS_REFUSED = 'EmailsRefused';
/** Notifications that nobody tried to send within a day of their event, and nobody will. */
export const NOTIFICATIONS_EXPIRED = 'EmailsExpired';

/** Processes that have been waiting for 10 minutes for something that is down, each counted at each try. */
export const LONG_WAITS = 'LongWaits';

/** Streams that the audit has compared with what subscribers have, each once a look. */
export const AUDIT_STREAMS = 'AuditedStreams';
/** Streams that a subscriber had lost, and was told of again. */
export const AUDIT_REPAIRS = 'AuditRepairs';
/** What the audit cannot repair: streams that a subscriber cannot read or never gets to, rows that are further than the event table. */
export const AUDIT_UNREPAIRED = 'AuditUnrepaired';
/** Runs of the audit that had neither units nor time for all that was written. */
export const AUDIT_LATE_RUNS = 'AuditLateRuns';
