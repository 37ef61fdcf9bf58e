// The queue of work: one message for each segment of a rebuild, which its worker sends on when its time is up.

export interface Work {
  /** Id of the job. */
  readonly job: string;
  readonly segment: number;
}

export interface WorkQueue {
  /**
   * @param delayInSeconds until it is delivered, 900 at most
   * @default 0
   */
  send(work: Work, delayInSeconds?: number): Promise<void>;
}
