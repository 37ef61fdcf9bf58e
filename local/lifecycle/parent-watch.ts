// Notices that npm has died. `npm start` puts npm, and with some shells a shell too, between the user and the host; kill -9 ends
// npm alone, and the host must not go on with its port and its data directory held.
import { readFileSync } from 'node:fs';

const intervalInMillis = 500;

/**
 * Calls `onDeath` once when the npm that runs this process is gone. Does nothing where no npm runs it.
 */
export function watchParent(onDeath: () => void, environment: NodeJS.ProcessEnv = process.env): void {
  if (environment['npm_lifecycle_event'] === undefined) return;
  const before = lineage();
  const timer = setInterval(() => {
    if (lineage() === before) return;
    clearInterval(timer);
    onDeath();
  }, intervalInMillis);
  timer.unref();
}

/** The parent, and where that is a shell, whose parent is npm, the grandparent as well: a process whose parent dies gets another. */
function lineage(): string {
  const { ppid } = process;
  try {
    const [, command = '', parentOfParent] =
      /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${ppid}/stat`, 'utf8')) ?? [];
    return /^(ba|da|a|z)?sh$/.test(command) ? `${ppid} ${parentOfParent}` : String(ppid);
  } catch {
    // There is no /proc, as on macOS, whose shell lets npm be the parent; or the parent is gone this moment.
    return String(ppid);
  }
}
