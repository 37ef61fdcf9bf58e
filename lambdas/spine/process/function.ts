// The function of a process, wired to AWS.
import type { DomainEvent } from '../kernel/envelope.ts';
import { batchHandler } from '../runtime/batch-handler.ts';
import type { ProcessDefinition } from './definition.ts';
import { functionPorts } from './function-ports.ts';
import { processWorker } from './process-worker.ts';

/**
 * The handler of a function of the kind `process`.
 * @throws MissingVariableError when the function starts, where its environment lacks something
 * @example export const handler = processFunction(overdueLoans);
 */
export const processFunction = <Input, Event extends DomainEvent, State, Action>(
  definition: ProcessDefinition<Input, Event, State, Action>,
) => batchHandler(processWorker(definition, functionPorts()));
