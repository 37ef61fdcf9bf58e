// How long dead letters stay, and how often a message is delivered before it is one.

/** SQS's longest (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html), counted from when the message was sent. */
export const DEAD_LETTERS_KEPT_IN_DAYS = 14;

/** Of a subscriber's queue. */
export const SUBSCRIBER_DELIVERIES = 5;
