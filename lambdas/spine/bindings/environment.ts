// The environment variables that infrastructure sets and functions read. A name that is spelt twice can drift apart.

/** Name of the stage that the function belongs to. */
export const STAGE = 'STAGE';
export const EVENT_TABLE = 'EVENT_TABLE';
/** ARN of the event table's change stream. */
export const CHANGE_STREAM_ARN = 'CHANGE_STREAM_ARN';
/** Read units that audits may take in a second. */
export const AUDIT_UNITS_PER_SECOND = 'AUDIT_UNITS_PER_SECOND';
export const EVENT_STREAM = 'EVENT_STREAM';
/** Number of lanes that the relay groups streams into; at least the number of shards. */
export const LANES = 'LANES';
/** Newest version of the bundles' wire form that the function may write: what else runs, and what it may be rolled back to, reads it. */
export const WIRE_VERSION = 'WIRE_VERSION';
/** URLs of the queues that hold what a hop could not pass on, until it is redriven, and of what can never be. */
export const RELAY_FAILURES_URL = 'RELAY_FAILURES_URL';
export const RELAY_DEAD_LETTERS_URL = 'RELAY_DEAD_LETTERS_URL';
export const FAN_OUT_FAILURES_URL = 'FAN_OUT_FAILURES_URL';
export const FAN_OUT_DEAD_LETTERS_URL = 'FAN_OUT_DEAD_LETTERS_URL';
export const TOKEN_ISSUER = 'TOKEN_ISSUER';
export const TOKEN_AUDIENCE = 'TOKEN_AUDIENCE';
export const TOKEN_JWKS_URI = 'TOKEN_JWKS_URI';

const upperSnake = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/** Variable with the name of the read table of a projection: `loan-detail` → `READ_TABLE_LOAN_DETAIL`. */
export const readTableVariable = (projection: string): string => `READ_TABLE_${upperSnake(projection)}`;

/** Variable with the URL of the queue of a subscription: `loan-detail` → `QUEUE_URL_LOAN_DETAIL`. */
export const queueUrlVariable = (subscription: string): string => `QUEUE_URL_${upperSnake(subscription)}`;

/** Variable with the most hints that a message to a subscription may hold: `loan-detail` → `HINTS_PER_MESSAGE_LOAN_DETAIL`. */
export const hintsPerMessageVariable = (subscription: string): string =>
  `HINTS_PER_MESSAGE_${upperSnake(subscription)}`;
/**
 * The subscriptions as JSON, for the functions that send to them: importing them would bundle the read models, and so the
 * domain, into functions that need neither.
 */
export const SUBSCRIPTIONS = 'SUBSCRIPTIONS';

/** Table with what operators started and what failed for good. */
export const OPERATIONS_TABLE = 'OPERATIONS_TABLE';
/** The services that measure the lag of hops, by the hops' names, as JSON; absent where nothing takes metrics. */
export const LAG_SERVICES = 'LAG_SERVICES';
/** URL of the queue that the sweeper works through. */
export const WORK_QUEUE_URL = 'WORK_QUEUE_URL';
/** URL of the audit's queue; absent where the application is not audited. */
export const AUDIT_QUEUE_URL = 'AUDIT_QUEUE_URL';
/** How often a message of work is delivered before it is a dead letter. */
export const WORK_DELIVERIES = 'WORK_DELIVERIES';
/** How many workers sweep at once; a rebuild has as many segments. */
export const SWEEP_WORKERS = 'SWEEP_WORKERS';
/** Read and write units a second that they may take together. */
export const SWEEP_READ_UNITS = 'SWEEP_READ_UNITS';
export const SWEEP_WRITE_UNITS = 'SWEEP_WRITE_UNITS';
/** The read models as JSON, for the function that starts their rebuilds without knowing their folds. */
export const READ_MODELS = 'READ_MODELS';

/** URL of the queue that the function itself consumes: what it has no time for it sends there again, and timers come back on it. */
export const OWN_QUEUE_URL = 'OWN_QUEUE_URL';
/** Most hints of a message that the function sends to its own queue. */
export const HINTS_PER_MESSAGE = 'HINTS_PER_MESSAGE';

/** Name of the subscription whose queue the function consumes. */
export const SUBSCRIPTION = 'SUBSCRIPTION';
/** How often a message of that queue is delivered before it is a dead letter. */
export const DELIVERIES = 'DELIVERIES';

/** Variable with the name of the projection that a projector function runs. */
export const PROJECTION = 'PROJECTION';

/** Seconds of the longest outage that a process waits out. */
export const OUTAGE_SECONDS = 'OUTAGE_SECONDS';
/** Address that notifications are sent from. */
export const SENDER_ADDRESS = 'SENDER_ADDRESS';
/** Notifications that one invocation may send a second; may be less than one. */
export const NOTIFICATIONS_PER_SECOND = 'NOTIFICATIONS_PER_SECOND';
/** Category of the streams that say which notifications were sent, as the manifest names it. */
export const NOTIFICATION_REGISTER = 'NOTIFICATION_REGISTER';
/** Where the AWS SDK finds SES, version 2 (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html). */
export const SES_ENDPOINT = 'AWS_ENDPOINT_URL_SESV2';

/** Keys the hashes in the security log; absent on a stage on one machine, which has none. */
export const SECURITY_LOG_KEY = 'SECURITY_LOG_KEY';
/** What the edge may send with every request, separated by commas; absent on a stage without an edge. */
export const ORIGIN_SECRET = 'ORIGIN_SECRET';
/** Seconds that the edge may keep an answer; absent on a stage without an edge. */
export const SHARED_LIFETIME_SECONDS = 'SHARED_LIFETIME_SECONDS';
/** URL of the queue of invalidations; absent on a stage without an edge. */
export const INVALIDATION_QUEUE_URL = 'INVALIDATION_QUEUE_URL';
/** Id of the CloudFront distribution that answers are invalidated in. */
export const DISTRIBUTION_ID = 'DISTRIBUTION_ID';
/** Table with the budget of invalidations. */
export const INVALIDATION_BUDGET_TABLE = 'INVALIDATION_BUDGET_TABLE';
/** Cache tags that may be invalidated in a month. */
export const INVALIDATION_TAGS_PER_MONTH = 'INVALIDATION_TAGS_PER_MONTH';
/** Most cache tags that the budget saves up. */
export const INVALIDATION_BURST = 'INVALIDATION_BURST';
/** Number of a collection's tags above which the collection's own tag is invalidated in their place. */
export const INVALIDATION_COLLAPSE_ABOVE = 'INVALIDATION_COLLAPSE_ABOVE';
/** Seconds after which each tag is invalidated a second time; longer than an HTTP function may take. */
export const SETTLING_SECONDS = 'SETTLING_SECONDS';
