// Where the functions' log lines go: all to a file in the data directory; errors, and warnings unless `--quiet` is given, to
// the terminal as well.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { LogSink } from '../functions/execution-environment.ts';
import { type LogEntry, logLine } from '../terminal/log-line.ts';

/** Its name in the data directory. */
export const functionLogFile = 'functions.log';

export interface FunctionLog {
  readonly write: LogSink;
  close(): Promise<void>;
}

export interface Terminal {
  readonly show: (lines: string) => void;
  /** The name by which people know a function of the template. */
  readonly nameOf: (functionName: string) => string;
  /** Errors only. */
  readonly quiet: boolean;
  /** Keys of an entry that the terminal shows, beyond those of every application. */
  readonly shownKeys?: readonly string[] | undefined;
}

/** Empties the file first: it holds one run. */
export function openFunctionLog(dataDirectory: string, { show, nameOf, quiet, shownKeys = [] }: Terminal): FunctionLog {
  const file = createWriteStream(join(dataDirectory, functionLogFile));
  const shown = quiet ? ['ERROR', 'CRITICAL'] : ['ERROR', 'CRITICAL', 'WARN'];
  return {
    write(functionName, source, line) {
      const entry = parseEntry(line);
      file.write(`${entry === undefined ? JSON.stringify({ function: functionName, source, message: line }) : line}\n`);
      if (entry !== undefined) {
        if (shown.includes(String(entry['level']))) show(logLine(nameOf(functionName), entry, shownKeys));
        // A line on stderr that is no log entry comes from the runtime: a crash or a warning.
      } else if (source === 'stderr') show(`${nameOf(functionName)}: ${line}`);
    },
    close: () => new Promise((resolve) => file.end(resolve)),
  };
}

function parseEntry(line: string): LogEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? (entry as LogEntry) : undefined;
  } catch {
    return undefined;
  }
}
