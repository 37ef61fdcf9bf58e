// The directory in which the host keeps everything: one host at a time, of one application, in a format that this version knows.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applicationName, defaultApplication } from '../../lib/spine/application-folder.ts';
import type { HostSettings } from './arguments.ts';
import { lockDirectory, lockFiles } from './directory-lock.ts';
import { StartError } from './start-error.ts';

/** Raise it when what is kept changes so that an older directory cannot be read. */
const dataFormat = 2;
const formatFile = 'format';
/** Names the application. Older versions knew only one and wrote no such file. */
const applicationFile = 'application';

/**
 * Opens the directory, made if need be, and emptied if `fresh`.
 * @returns a function that closes it; after a start that failed, one that was new belongs to nobody again
 * @throws StartError if it cannot be made, another host has it open, it holds something that is not ours or is another
 * application's, or has another format
 */
export function openDataDirectory(
  directory: string,
  { applicationFolder, fresh }: Pick<HostSettings, 'applicationFolder' | 'fresh'>,
): (outcome?: 'failed') => void {
  const entries = entriesOf(directory);
  const application = applicationName(applicationFolder);
  checkOwner(directory, entries, application);
  const close = lockDirectory(directory);
  try {
    if (fresh || isAbandoned(directory, entries)) empty(directory, entries);
    // The name first: whatever the directory holds has an owner.
    mark(join(directory, applicationFile), application);
    mark(join(directory, formatFile), String(dataFormat));
    checkFormat(directory, application);
  } catch (error) {
    close();
    throw error;
  }
  return (outcome) => {
    if (outcome === 'failed' && entries.length === 0) abandon(directory);
    close();
  };
}

/** What a failed start has written may still grow while its process ends, so the next start removes it. */
function abandon(directory: string): void {
  writeFileSync(join(directory, applicationFile), '');
  rmSync(join(directory, formatFile), { force: true });
}

const isAbandoned = (directory: string, entries: readonly string[]): boolean =>
  entries.includes(applicationFile) &&
  !entries.includes(formatFile) &&
  contentOf(join(directory, applicationFile)) === '';

function checkOwner(directory: string, entries: readonly string[], application: string): void {
  if (entries.length === 0) return;
  if (![formatFile, applicationFile].some((file) => entries.includes(file)))
    throw new StartError(
      `The data directory must be empty or hold Eventspine's data; ${directory} holds something else.`,
    );
  const isBeingMade = !entries.includes(formatFile);
  const owner = contentOf(join(directory, applicationFile)) || (isBeingMade ? application : defaultApplication);
  if (owner !== application)
    throw new StartError(
      `The data in ${directory} is that of ${owner}. Set another directory for ${application} with DATA_DIR.`,
    );
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

/** The marks are removed last: after a kill half way, the directory is still known as ours, and whose it is. */
function empty(directory: string, entries: readonly string[]): void {
  const marks = [formatFile, applicationFile];
  for (const entry of [...entries.filter((each) => !marks.includes(each)), ...marks])
    rmSync(join(directory, entry), { recursive: true, force: true });
}

function checkFormat(directory: string, application: string): void {
  const found = contentOf(join(directory, formatFile));
  if (found === String(dataFormat)) return;
  const app = application === defaultApplication ? '' : ` --app ${application}`;
  throw new StartError(
    `The data in ${directory} has format ${found}, this version reads ${dataFormat}. Start empty with: npm start --${app} --fresh`,
  );
}

/** Writes only if there is none: rewriting could lose the file in a kill. */
function mark(file: string, content: string): void {
  if (contentOf(file) === '') writeFileSync(file, `${content}\n`);
}

const contentOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
