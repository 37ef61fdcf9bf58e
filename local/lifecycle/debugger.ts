// Node's debugger in this process: whether it is open, and how to end with a thread that stands at a breakpoint.
import inspector from 'node:inspector';
import { setTimeout as delay } from 'node:timers/promises';
import { loopback } from '../services/service.ts';
import { StartError } from './start-error.ts';

/** Node's own default (https://nodejs.org/api/cli.html#--inspecthostport). */
const debuggerPort = 9229;

/** How long threads have to report that they continue. */
const patienceInMillis = 500;

/** Whether debuggers can attach. Functions then have no time limit. */
export const isDebugged = (): boolean => inspector.url() !== undefined;

/** Lets debuggers attach, unless Node's own flag did so already. @throws StartError when the port is taken */
export function openDebugger(): void {
  if (isDebugged()) return;
  inspector.open(debuggerPort, loopback);
  if (!isDebugged()) throw new StartError(`The debugger's port ${debuggerPort} is in use on ${loopback}.`);
}

/**
 * Resumes every thread that is paused at a breakpoint, and disables breakpoints: a paused thread cannot be ended, nor can the
 * process.
 */
export async function resumeThreads(): Promise<void> {
  if (!isDebugged()) return;
  const session = new inspector.Session();
  session.connect();
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
    const steps = [
      { id: 1, method: 'Debugger.enable' },
      { id: 2, method: 'Debugger.setSkipAllPauses', params: { skip: true } },
      { id: 3, method: 'Debugger.resume' },
    ];
    for (const step of steps)
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify(step) });
  });
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  await delay(patienceInMillis);
}

/** Ends the process. With a debugger attached, Node would wait for it to go first. */
export function exit(code: number): never {
  inspector.close();
  process.exit(code);
}
