// The directory in which the host keeps everything: one host at a time, in a format that this version knows.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lockDirectory, lockFiles } from './directory-lock.ts';
import { StartError } from './start-error.ts';

/** Raise it when what is kept changes so that an older directory cannot be read. Of 1, products hold their stock. */
const dataFormat = 2;
const formatFile = 'format';

/**
 * Opens the directory, made if need be, and emptied if `fresh`.
 * @returns a function that closes it
 * @throws StartError if it cannot be made, another host has it open, it holds something that is not ours, or has another format
 */
export function openDataDirectory(directory: string, { fresh }: { readonly fresh: boolean }): () => void {
  const entries = entriesOf(directory);
  if (entries.length > 0 && !entries.includes(formatFile))
    throw new StartError(
      `The data directory must be empty or hold Eventspine's data; ${directory} holds something else.`,
    );
  const close = lockDirectory(directory);
  try {
    if (fresh) empty(directory, entries);
    if (fresh || entries.length === 0) writeFileSync(join(directory, formatFile), `${dataFormat}\n`);
    checkFormat(directory);
  } catch (error) {
    close();
    throw error;
  }
  return close;
}

function entriesOf(directory: string): readonly string[] {
  try {
    makeDirectory(directory);
    return readdirSync(directory).filter((entry) => !lockFiles.includes(entry));
  } catch (error) {
    throw new StartError(`The data directory cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/** One folder at a time: Node.js's recursive `mkdir` never returns where a file system says ENOENT to what it forbids, as /proc does. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  mkdirSync(directory);
}

/** The format goes last: killed half way, the directory is still known as ours. */
function empty(directory: string, entries: readonly string[]): void {
  for (const entry of entries.filter((each) => each !== formatFile))
    rmSync(join(directory, entry), { recursive: true });
  rmSync(join(directory, formatFile), { force: true });
}

function checkFormat(directory: string): void {
  const found = readFileSync(join(directory, formatFile), 'utf8').trim();
  if (found === String(dataFormat)) return;
  throw new StartError(
    `The data in ${directory} has format ${found}, this version reads ${dataFormat}. Start empty with: npm start -- --fresh`,
  );
}
