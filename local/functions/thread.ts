// The thread of an execution environment: loads a function's handler and runs it for one event at a time, as Lambda's runtime does.
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { giveBackAtRest } from '../lifecycle/resting-memory.ts';
import { invocationContext } from './invocation-context.ts';
import type { InvocationRequest, ThreadData, ThreadReport } from './thread-messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const host = parentPort as MessagePort;
const data = workerData as ThreadData;
const report = (message: ThreadReport): void => host.postMessage(message);

async function loadHandler(): Promise<Handler> {
  const dot = data.handler.lastIndexOf('.');
  const [file, name] = [data.handler.slice(0, dot), data.handler.slice(dot + 1)];
  const candidates = ['.mjs', '.js', '.cjs'].map((extension) => join(data.codeFolder, file + extension));
  const path = candidates.find(existsSync);
  if (path === undefined) throw new Error(`the code of ${data.functionName} is at none of ${candidates.join(', ')}`);
  const handler = ((await import(pathToFileURL(path).href)) as Record<string, unknown>)[name];
  if (typeof handler !== 'function')
    throw new Error(`${path} must export a function ${name}, which is ${typeof handler}`);
  return handler as Handler;
}

const errorReport = (error: unknown): ThreadReport =>
  error instanceof Error
    ? { kind: 'error', errorType: error.name, errorMessage: error.message }
    : { kind: 'error', errorType: typeof error, errorMessage: String(error) };

async function run(handler: Handler, invocation: InvocationRequest): Promise<ThreadReport> {
  try {
    if (invocation.slowByMillis > 0) await delay(invocation.slowByMillis);
    const result = await handler(JSON.parse(invocation.event), invocationContext(data, invocation));
    return { kind: 'success', payload: JSON.stringify(result) };
  } catch (error) {
    logError('Invoke Error', error, invocation.requestId);
    return errorReport(error);
  }
}

/** As Lambda's runtime logs what the function's code throws. */
function logError(message: string, error: unknown, requestId?: string): void {
  const stackTrace = error instanceof Error ? error.stack?.split('\n') : [String(error)];
  const line = { timestamp: new Date().toISOString(), level: 'ERROR', message, requestId, stackTrace };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

// Set for the host's quick start; not for the function.
delete process.env['NODE_COMPILE_CACHE'];
try {
  const handler = await loadHandler();
  host.on('message', async (invocation: InvocationRequest) => report(await run(handler, invocation)));
  // For the next environment, which then neither compiles nor strips types: Node needs 11 MB in each thread for the latter.
  flushCompileCache();
  giveBackAtRest();
  report({ kind: 'initialised' });
} catch (error) {
  logError('Init Error', error);
  report(errorReport(error));
}
