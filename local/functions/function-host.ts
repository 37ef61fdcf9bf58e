// Runs the template's functions in threads of this process, each in execution environments of its own.
import { compileCacheVariable } from '../lifecycle/compile-cache.ts';
import type { Endpoints, FunctionHost, InvocationResult } from '../ports.ts';
import { environmentVariables } from './environment-variables.ts';
import { ExecutionEnvironment, type LogSink } from './execution-environment.ts';
import type { ForcedFailure } from './forced-failure.ts';
import { FunctionPool } from './function-pool.ts';
import type { FunctionSpec } from './function-spec.ts';

export interface FunctionHostSettings {
  readonly endpoints: Endpoints;
  /** Further variables that every function finds in its environment. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly log: LogSink;
  /** @default 4 */
  readonly environmentsPerFunction?: number;
  /** How long an environment is free before it ends, unless it is the function's last. @default 10 s */
  readonly endAfterMillis?: number;
}

export interface WarmableFunctionHost extends FunctionHost {
  /** @param failure makes the invocation fail, or take long */
  invoke(functionName: string, event: unknown, failure?: ForcedFailure): Promise<InvocationResult>;
  /** Starts one environment of each of these functions, two at a time. Any other starts with its first invocation. */
  warm(functionNames: Iterable<string>): Promise<void>;
}

export interface ReplaceableFunctionHost extends WarmableFunctionHost {
  /** Has a function run the code in another folder from now on; what runs ends with the old one. */
  replaceCode(functionName: string, codeFolder: string): Promise<void>;
}

const startsAtOnce = 2;

export function startFunctions(
  specs: readonly FunctionSpec[],
  settings: FunctionHostSettings,
): ReplaceableFunctionHost {
  const {
    endpoints,
    log,
    variables: further = {},
    environmentsPerFunction: limit = 4,
    endAfterMillis = 10_000,
  } = settings;
  const startWith = (spec: FunctionSpec) => {
    const variables = { ...further, ...environmentVariables(spec, endpoints), ...compileCacheVariable };
    return () => new ExecutionEnvironment(spec, variables, log);
  };
  const known = new Map(
    specs.map((spec) => [
      spec.name,
      { spec, pool: new FunctionPool(spec.name, startWith(spec), { limit, endAfterMillis }) },
    ]),
  );
  const pools = [...known.values()].map(({ pool }) => pool);
  const functionNamed = (name: string) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    throw new Error(`a function must be in the template: ${name} is none of ${[...known.keys()].join(', ')}`);
  };
  return {
    async invoke(functionName, event, failure) {
      return await functionNamed(functionName).pool.invoke(event, failure);
    },
    async replaceCode(functionName, codeFolder) {
      const { spec, pool } = functionNamed(functionName);
      await pool.replace(startWith({ ...spec, codeFolder }));
    },
    async warm(functionNames) {
      const cold = [...new Set(functionNames)].map((name) => functionNamed(name).pool).values();
      await Promise.all(
        Array.from({ length: startsAtOnce }, async () => {
          for (const pool of cold) await pool.warm();
        }),
      );
    },
    stats: () => pools.map((pool) => pool.stats()),
    async stop() {
      await Promise.all(pools.map((pool) => pool.stop()));
    },
  };
}
