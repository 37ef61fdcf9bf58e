// How long a message waits between two attempts: as long as it has waited so far, so that what is mended soon is redriven soon, and an
// outage of a day costs few attempts.

const FIRST_PAUSE_IN_SECONDS = 5;

/**
 * A mended subscriber waits no longer than this for its hints. A message is received 1,000 times at most, and 1,000 of these
 * pauses are more than the 14 days that SQS keeps it.
 */
const LONGEST_PAUSE_IN_SECONDS = 25 * 60;

/** @param receives how often the message was received, this time included */
export const pauseInSeconds = (receives: number): number =>
  Math.min(FIRST_PAUSE_IN_SECONDS * 2 ** (receives - 1), LONGEST_PAUSE_IN_SECONDS);
