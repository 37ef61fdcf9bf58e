// Runs functions with the faults that are planned for them.
import type { LogSink } from '../functions/execution-environment.ts';
import type { WarmableFunctionHost } from '../functions/function-host.ts';
import type { FunctionHost } from '../ports.ts';
import type { Fault, PlannedFaults } from './planned-faults.ts';

/** @param log takes a line for every fault when it happens, as if the function had written it */
export const withFaults = (functions: WarmableFunctionHost, faults: PlannedFaults, log: LogSink): FunctionHost => ({
  async invoke(functionName, event) {
    const fault = faults.take(functionName);
    if (fault === undefined) return functions.invoke(functionName, event);
    log(functionName, 'stdout', logLine(functionName, fault));
    switch (fault.mode) {
      case 'throw':
      case 'crash':
        return functions.invoke(functionName, event, fault.mode);
      case 'slow':
        return functions.invoke(functionName, event, { slowByMillis: fault.millis });
      case 'duplicate':
        await functions.invoke(functionName, event);
        return functions.invoke(functionName, event);
      case 'shuffle':
        return functions.invoke(functionName, reshuffled(event as Batch));
      case 'drop':
        return { kind: 'success', payload: null };
      default:
        return fault satisfies never;
    }
  },
  stats: () => functions.stats(),
  stop: () => functions.stop(),
});

interface Batch {
  readonly Records: readonly unknown[];
}

/** Shuffled; if that changes nothing, reversed. A single record stays as it is. */
function reshuffled({ Records, ...rest }: Batch): Batch {
  const shuffled = Records.map((record) => ({ record, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ record }) => record);
  const isAsBefore = shuffled.every((record, index) => record === Records[index]);
  return { ...rest, Records: isAsBefore ? Records.toReversed() : shuffled };
}

const logLine = (functionName: string, fault: Fault): string =>
  JSON.stringify({
    level: 'WARN',
    message: 'A fault, as it was asked for',
    timestamp: new Date(),
    functionName,
    ...fault,
  });
