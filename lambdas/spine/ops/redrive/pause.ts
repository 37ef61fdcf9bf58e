// How long a message waits between two attempts: as long as it has waited so far, so that what is mended soon is redriven soon, and an
// outage of a day costs few attempts.

const FIRST_PAUSE_IN_SECONDS = 5;

/** With longer ones a mended subscriber would wait for nothing; of these, 1,000, the most receives, are more than 14 days. */
const LONGEST_PAUSE_IN_SECONDS = 25 * 60;

/** @param receives how often the message was received, this time included */
export const pauseInSeconds = (receives: number): number =>
  Math.min(FIRST_PAUSE_IN_SECONDS * 2 ** (receives - 1), LONGEST_PAUSE_IN_SECONDS);
