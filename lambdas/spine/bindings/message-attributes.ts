// Attributes of queue messages that senders and those who watch the queues agree on.

/** Of a message that repeats what could not be done: a delayed one is work that waits, where another one may be a timer. */
export const RETRY_ATTRIBUTE = 'retry';
