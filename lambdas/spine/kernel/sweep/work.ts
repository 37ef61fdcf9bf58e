// The queue of work: one message for each segment of a rebuild, which its worker sends on when its time is up.

export interface Work {
  /** Id of the job. */
  readonly job: string;
  readonly segment: number;
}

export interface WorkQueue {
  send(work: Work): Promise<void>;
}
