// Makes an invocation fail or take long, to show what follows from it.
import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../ports.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/**
 * `throw`: an error before the handler. `crash`: the process dies after the handler's work and before its answer. The extra
 * time of a slow one counts towards its time limit.
 */
export type ForcedFailure = 'throw' | 'crash' | { readonly slowByMillis: number };

/** Reports the failure as Lambda does. After a crash the environment cannot be used any more. */
export async function invokeAndFail(
  environment: Pick<ExecutionEnvironment, 'invoke' | 'end'>,
  event: unknown,
  failure: ForcedFailure,
): Promise<InvocationResult> {
  if (typeof failure === 'object') return environment.invoke(event, failure.slowByMillis);
  if (failure === 'throw')
    return { kind: 'error', errorType: 'ForcedError', errorMessage: 'Thrown before the handler, as it was asked for' };
  await environment.invoke(event);
  await environment.end();
  const errorMessage = `RequestId: ${randomUUID()} Error: Runtime exited with error: signal: killed`;
  return { kind: 'error', errorType: 'Runtime.ExitError', errorMessage };
}
