// Ensures that only one host at a time works on a data directory.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.ts';

/** The names of the lock's files. */
export const lockFiles: readonly string[] = ['lock', 'lock-journal', 'host.pid'];

const databaseLocked = 5;

/**
 * Locks the directory until the process ends. The lock is SQLite's on an empty database, and so the kernel's: however the process
 * dies, it is gone too. A process id in a file could belong to another process by now. The id is kept for the message alone.
 * @returns a function that gives the lock back
 * @throws StartError while another process holds it, or if nothing can be written there
 */
export function lockDirectory(directory: string): () => void {
  const pidFile = join(directory, 'host.pid');
  const database = openDatabase(join(directory, 'lock'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if ((error as { errcode?: unknown }).errcode !== databaseLocked) throw error;
    const pid = readFileSync(pidFile, 'utf8').trim();
    throw new StartError(`The data directory ${directory} is in use by another running host (process ${pid}).`);
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return () => database.close();
}

function openDatabase(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw new StartError(`The data directory cannot be used: ${file}: ${(error as Error).message}`, { cause: error });
  }
}
