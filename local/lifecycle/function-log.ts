// Where the functions' log lines go: all of them to a file in the data directory, errors to the terminal as well.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { LogSink } from '../functions/execution-environment.ts';

export interface FunctionLog {
  readonly write: LogSink;
  close(): Promise<void>;
}

/** Starts the file anew: it tells of one run. */
export function openFunctionLog(dataDirectory: string, showError: (line: string) => void): FunctionLog {
  const file = createWriteStream(join(dataDirectory, 'functions.log'));
  return {
    write(functionName, source, line) {
      const entry = parseEntry(line);
      file.write(`${entry === undefined ? JSON.stringify({ function: functionName, source, message: line }) : line}\n`);
      // A line on stderr that is no log entry comes from the runtime: a crash or a warning.
      if (entry === undefined ? source === 'stderr' : isError(entry)) showError(`${functionName}: ${line}`);
    },
    close: () => new Promise((resolve) => file.end(resolve)),
  };
}

function parseEntry(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const isError = ({ level }: Readonly<Record<string, unknown>>): boolean => level === 'ERROR' || level === 'CRITICAL';
