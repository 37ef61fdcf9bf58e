// One execution environment of a function: a thread with the function's variables, for one invocation at a time.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { isDebugged } from '../lifecycle/debugger.ts';
import type { InvocationResult } from '../ports.ts';
import type { FunctionSpec } from './function-spec.ts';
import type { InvocationError, InvocationRequest, ThreadData, ThreadReport } from './thread-messages.ts';

/** Takes a line that a function has written. */
export type LogSink = (functionName: string, source: 'stdout' | 'stderr', line: string) => void;

/** Lambda gives a function 10 s to initialise; a machine with few cores that starts all of them at once gets more. */
const initTimeoutInSeconds = 30;

/** Limit of the heap's young generation. V8 would let it grow to 48 MB in each thread. */
const youngGenerationInMegabytes = 8;

/** The time that a function seems to have while a debugger may hold it: the longest that Lambda lets any function run. */
const debuggedTimeoutInSeconds = 900;

export class ExecutionEnvironment {
  readonly #spec: FunctionSpec;
  readonly #worker: Worker;
  /** The error that every invocation gets if initialisation failed. */
  readonly #initialisation: Promise<InvocationError | undefined>;
  readonly #log: LogSink;
  #isUsable = true;

  constructor(spec: FunctionSpec, variables: Readonly<Record<string, string>>, log: LogSink) {
    this.#spec = spec;
    this.#log = log;
    const { name: functionName, codeFolder, handler, memoryInMegabytes } = spec;
    const workerData: ThreadData = { functionName, codeFolder, handler, memoryInMegabytes };
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      name: functionName,
      workerData,
      env: { ...variables },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: memoryInMegabytes,
        maxYoungGenerationSizeMb: youngGenerationInMegabytes,
      },
    });
    for (const source of ['stdout', 'stderr'] as const)
      createInterface(this.#worker[source]).on('line', (line) => log(functionName, source, line));
    this.#worker.on('error', (error) => log(functionName, 'stderr', error.stack ?? String(error)));
    this.#worker.on('exit', () => {
      this.#isUsable = false;
    });
    this.#initialisation = this.#initialise();
  }

  /** Whether it can take another invocation: it is alive and initialised without error. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Resolves when the handler is loaded or could not be. */
  async initialised(): Promise<void> {
    await this.#initialisation;
  }

  /**
   * Runs the handler. The time limit begins when the handler does. Ends the environment where Lambda would.
   * @param slowByMillis how much longer than by itself it takes
   */
  async invoke(event: unknown, slowByMillis = 0): Promise<InvocationResult> {
    const failed = await this.#initialisation;
    if (failed !== undefined) return failed;
    const requestId = randomUUID();
    const { timeoutInSeconds } = this.#spec;
    const deadline = Date.now() + (isDebugged() ? debuggedTimeoutInSeconds : timeoutInSeconds) * 1000;
    this.#worker.postMessage({
      requestId,
      event: JSON.stringify(event),
      deadline,
      slowByMillis,
    } satisfies InvocationRequest);
    const report = await this.#nextReport(requestId, timeoutInSeconds, 'Task');
    if (report.kind === 'error') return report;
    const payload = report.kind === 'success' ? report.payload : undefined;
    return { kind: 'success', payload: payload === undefined ? null : JSON.parse(payload) };
  }

  async end(): Promise<void> {
    this.#isUsable = false;
    await this.#worker.terminate();
  }

  async #initialise(): Promise<InvocationError | undefined> {
    const report = await this.#nextReport('init', initTimeoutInSeconds, 'Initialisation');
    if (report.kind !== 'error') return undefined;
    await this.end();
    return report;
  }

  /**
   * The thread's next report; or an error if the thread ends or takes too long. Too long a wait ends the thread, unless a
   * debugger may hold it.
   */
  #nextReport(requestId: string, limitInSeconds: number, work: 'Task' | 'Initialisation'): Promise<ThreadReport> {
    const worker = this.#worker;
    return new Promise((resolve) => {
      const settle = (outcome: ThreadReport): void => {
        clearTimeout(timer);
        worker.off('message', settle).off('exit', exited);
        resolve(outcome);
      };
      const failed = (errorType: string, reason: string): void =>
        settle({ kind: 'error', errorType, errorMessage: `RequestId: ${requestId} Error: ${reason}` });
      const exited = (code: number): void =>
        failed('Runtime.ExitError', `Runtime exited with error: exit status ${code}`);
      const timeOut = (): void => {
        if (isDebugged()) return void timer.refresh();
        void this.end();
        const reason = `${work} timed out after ${limitInSeconds.toFixed(2)} seconds`;
        this.#log(this.#spec.name, 'stderr', reason);
        failed('Sandbox.Timedout', reason);
      };
      const timer = setTimeout(timeOut, limitInSeconds * 1000);
      worker.on('message', settle).on('exit', exited);
    });
  }
}
