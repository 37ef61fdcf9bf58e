// Attributes of queue messages that senders and those who watch the queues agree on.

/** Marks a message that retries what failed. A delayed message with it is work that waits; one without may be a timer. */
export const RETRY_ATTRIBUTE = 'retry';
