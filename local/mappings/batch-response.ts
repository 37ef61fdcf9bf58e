// Reads a function's answer about the records of a batch, by Lambda's rules for partial batch responses.
import * as z from 'zod';
import type { InvocationResult } from '../ports.ts';

const batchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Which records of a batch have failed. All have after an error, a response of another form or an unknown identifier; none after an
 * empty response, or any response if the mapping does not ask for item failures.
 * @param identifiers those of the batch's records: sequence numbers or message ids
 */
export function failedItems(
  result: InvocationResult,
  identifiers: readonly string[],
  reportsItemFailures: boolean,
): ReadonlySet<string> {
  const all = new Set(identifiers);
  if (result.kind === 'error') return all;
  if (!reportsItemFailures) return new Set();
  const response = batchResponse.safeParse(result.payload);
  if (!response.success) return all;
  const failed = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((identifier) => all.has(identifier)) ? new Set(failed) : all;
}
