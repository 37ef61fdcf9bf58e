// Node's debugger in this process: whether it is open, and how to end with a thread that stands at a breakpoint.
import inspector from 'node:inspector';
import { setTimeout as delay } from 'node:timers/promises';
import { loopback } from '../services/service.ts';
import { StartError } from './start-error.ts';

/** Node's own default (https://nodejs.org/api/cli.html#--inspecthostport). */
const debuggerPort = 9229;

/** How long threads get to say that they went on. */
const patienceInMillis = 500;

/** Whether debuggers can attach: functions may then take as long as somebody looks at them. */
export const isDebugged = (): boolean => inspector.url() !== undefined;

/** Lets debuggers attach, unless Node was told so already. @throws StartError when the port is taken */
export function openDebugger(): void {
  if (isDebugged()) return;
  inspector.open(debuggerPort, loopback);
  if (!isDebugged()) throw new StartError(`The debugger's port ${debuggerPort} is in use on ${loopback}.`);
}

/** Lets every thread that stands at a breakpoint go on, and none stand again: one that stands cannot be ended, nor the process. */
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
