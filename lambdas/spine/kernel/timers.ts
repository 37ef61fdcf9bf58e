// The timers port: messages that a process sends to itself for later.

export interface Timer {
  /** Id of the process that set it. */
  readonly processId: string;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
  readonly correlationId: string;
  /** The timer of the process's deadline: it comes back at every hop, and looks after the process. */
  readonly watch?: true;
  /** The timer of another try, after so many. */
  readonly retry?: { readonly attempt: number; readonly since: string };
}

export interface Timers {
  /** Sets the timer. It comes back at least once, at its time or, as a hop on the way there, before. */
  schedule(timer: Timer): Promise<void>;
}
