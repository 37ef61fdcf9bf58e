// Ends the host on a signal: in good order on the first, at once on the second.
import { exit, resumeThreads } from './debugger.ts';
import { watchParent } from './parent-watch.ts';

/** The host has to have ended 5 s after the signal. */
const deadlineInMillis = 4_500;
/** Ctrl-C in a terminal arrives twice: from the terminal, and from npm, which passes it on. */
const sameSignalInMillis = 500;

export interface ShutdownOptions {
  /** Ends everything in good order. */
  readonly stop: () => Promise<void>;
  readonly log: (line: string) => void;
}

/** Stops the host on SIGTERM, on SIGINT and when its npm dies; the process then ends, with code 0 if all went well. */
export function stopWhenTold({ stop, log }: ShutdownOptions): void {
  let firstAt: number | undefined;
  const onStop = (reason: string): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > sameSignalInMillis) exit(1);
      return;
    }
    firstAt = performance.now();
    log(`Stopping (${reason}) …`);
    setTimeout(() => {
      log(`Not everything ended within ${deadlineInMillis} ms; what is missing is caught up at the next start.`);
      exit(1);
    }, deadlineInMillis);
    resumeThreads()
      .then(stop)
      .then(
        () => exit(0),
        (error: unknown) => {
          log(`Stopping failed: ${error instanceof Error ? error.stack : error}`);
          exit(1);
        },
      );
  };
  process.on('SIGTERM', onStop);
  process.on('SIGINT', onStop);
  watchParent(() => onStop('npm is gone'));
}
