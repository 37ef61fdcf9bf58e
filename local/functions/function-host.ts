// Runs the template's functions in threads of this process, each in execution environments of its own.
import { join } from 'node:path';
import type { Endpoints, FunctionHost, InvocationResult } from '../ports.ts';
import { environmentVariables } from './environment-variables.ts';
import { ExecutionEnvironment, type LogSink } from './execution-environment.ts';
import type { ForcedFailure } from './forced-failure.ts';
import { FunctionPool } from './function-pool.ts';
import type { FunctionSpec } from './function-spec.ts';

export interface FunctionHostSettings {
  readonly endpoints: Endpoints;
  /** Where compiled code is kept, for a quicker start from the second one on. */
  readonly dataDirectory: string;
  readonly log: LogSink;
  /** @default 4 */
  readonly environmentsPerFunction?: number;
}

export interface WarmableFunctionHost extends FunctionHost {
  /** @param failure makes the invocation fail, or take long */
  invoke(functionName: string, event: unknown, failure?: ForcedFailure): Promise<InvocationResult>;
  /** Starts one environment of every function, two at a time, in the order of the functions. */
  warm(): Promise<void>;
}

const startsAtOnce = 2;

export function startFunctions(specs: readonly FunctionSpec[], settings: FunctionHostSettings): WarmableFunctionHost {
  const { endpoints, dataDirectory, log, environmentsPerFunction = 4 } = settings;
  const pools = new Map(
    specs.map((spec) => {
      const variables = {
        ...environmentVariables(spec, endpoints),
        NODE_COMPILE_CACHE: join(dataDirectory, 'compiled'),
      };
      return [
        spec.name,
        new FunctionPool(spec.name, () => new ExecutionEnvironment(spec, variables, log), environmentsPerFunction),
      ];
    }),
  );
  return {
    async invoke(functionName, event, failure) {
      const pool = pools.get(functionName);
      if (pool === undefined)
        throw new Error(
          `a function must be in the template: ${functionName} is none of ${[...pools.keys()].join(', ')}`,
        );
      return await pool.invoke(event, failure);
    },
    async warm() {
      const cold = pools.values();
      await Promise.all(
        Array.from({ length: startsAtOnce }, async () => {
          for (const pool of cold) await pool.warm();
        }),
      );
    },
    stats: () => [...pools.values()].map((pool) => pool.stats()),
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}
