// What is looked at again later: streams that a subscriber has not got to, until it has, or nothing helps.

export interface Suspect {
  readonly stream: string;
  /** Of the commit that it has not got to. */
  readonly version: number;
  /** How often it was told of it again. */
  readonly told?: number;
  /** Where its own stream stood when it was told to go on. */
  readonly mark?: number;
}

export interface Suspects {
  /** The audit that counts what comes of it. */
  readonly auditId: string;
  readonly subscriber: string;
  /** How often they were looked at. */
  readonly looks: number;
  readonly suspects: readonly Suspect[];
}

const FIRST_PAUSE_IN_SECONDS = 30;

/** The longest delay of a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const LONGEST_PAUSE_IN_SECONDS = 900;

/** After so many times, in about an hour and a half, telling does not help. */
const MOST_TIMES_TOLD = 10;

/** After so many, about two days, neither does waiting. */
const MOST_LOOKS = 200;

export const pauseAfter = (looks: number): number =>
  Math.min(FIRST_PAUSE_IN_SECONDS * 2 ** (looks - 1), LONGEST_PAUSE_IN_SECONDS);

export const isHopeless = (looks: number, told = 0): boolean => looks > MOST_LOOKS || told >= MOST_TIMES_TOLD;
