// The execution environments of one function. An invocation takes a free one, else a new one up to the limit, else it waits in line.
// Of those that nobody needs any more, one stays.
import type { FunctionStats, InvocationResult } from '../ports.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import { type ForcedFailure, invokeAndFail } from './forced-failure.ts';
import { FunctionStatistics } from './function-statistics.ts';

export interface PoolSettings {
  /** The most environments. */
  readonly limit: number;
  /** An environment that was free for so long ends, unless it is the last one. */
  readonly endAfterMillis: number;
}

export class FunctionPool {
  #start: () => ExecutionEnvironment;
  readonly #settings: PoolSettings;
  readonly #statistics: FunctionStatistics;
  readonly #environments = new Set<ExecutionEnvironment>();
  /** Busy ones that are not to be used again. */
  readonly #retired = new Set<ExecutionEnvironment>();
  /** The one used last comes first, as it is the warmest. */
  readonly #free: ExecutionEnvironment[] = [];
  /** The timer that ends each free one. */
  readonly #ends = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  readonly #line: (() => void)[] = [];
  #isStopped = false;

  /** @param start starts a further environment */
  constructor(name: string, start: () => ExecutionEnvironment, settings: PoolSettings) {
    this.#start = start;
    this.#settings = settings;
    this.#statistics = new FunctionStatistics(name);
  }

  async invoke(event: unknown, failure?: ForcedFailure): Promise<InvocationResult> {
    const environment = await this.#take();
    if (environment === undefined)
      return { kind: 'error', errorType: 'Host.Stopped', errorMessage: 'The local host is stopping' };
    await environment.initialised();
    const start = performance.now();
    const result = await (failure === undefined
      ? environment.invoke(event)
      : invokeAndFail(environment, event, failure));
    this.#statistics.record(performance.now() - start, result.kind === 'error');
    this.#giveBack(environment);
    return result;
  }

  /** Resolves when an environment is ready for the first invocation. */
  async warm(): Promise<void> {
    if (this.#environments.size > 0 || this.#isStopped) return;
    const environment = this.#add();
    this.#free.push(environment);
    await environment.initialised();
  }

  /**
   * From now on, starts environments in another way. Existing ones take no further invocation; a busy one finishes first.
   * Resolves when an environment of the new kind is ready.
   */
  async replace(start: () => ExecutionEnvironment): Promise<void> {
    this.#start = start;
    const idle = this.#free.splice(0);
    for (const environment of this.#environments) if (!idle.includes(environment)) this.#retired.add(environment);
    this.#environments.clear();
    for (const proceed of this.#line.splice(0)) proceed();
    await Promise.all([...idle.map((environment) => this.#end(environment)), this.warm()]);
  }

  stats(): FunctionStats {
    return this.#statistics.snapshot();
  }

  /** Ends the environments and whatever runs in them. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const proceed of this.#line.splice(0)) proceed();
    await Promise.all([...this.#environments, ...this.#retired].map((environment) => this.#end(environment)));
  }

  async #take(): Promise<ExecutionEnvironment | undefined> {
    for (;;) {
      if (this.#isStopped) return undefined;
      const free = this.#free.shift();
      if (free !== undefined) this.#keep(free);
      if (free?.isUsable) return free;
      if (free !== undefined) this.#environments.delete(free);
      else if (this.#environments.size < this.#settings.limit) return this.#add();
      else await new Promise<void>((proceed) => this.#line.push(proceed));
    }
  }

  #add(): ExecutionEnvironment {
    const environment = this.#start();
    this.#environments.add(environment);
    return environment;
  }

  #giveBack(environment: ExecutionEnvironment): void {
    if (this.#retired.delete(environment)) void environment.end();
    else if (environment.isUsable) this.#setFree(environment);
    else this.#environments.delete(environment);
    this.#line.shift()?.();
  }

  #setFree(environment: ExecutionEnvironment): void {
    this.#free.unshift(environment);
    if (this.#isStopped) return;
    const end = setTimeout(() => this.#endUnneeded(environment), this.#settings.endAfterMillis);
    this.#ends.set(environment, end.unref());
  }

  #endUnneeded(environment: ExecutionEnvironment): void {
    this.#ends.delete(environment);
    if (this.#environments.size === 1) return;
    this.#free.splice(this.#free.indexOf(environment), 1);
    this.#environments.delete(environment);
    void environment.end();
  }

  #keep(environment: ExecutionEnvironment): void {
    clearTimeout(this.#ends.get(environment));
    this.#ends.delete(environment);
  }

  async #end(environment: ExecutionEnvironment): Promise<void> {
    this.#keep(environment);
    await environment.end();
  }
}
