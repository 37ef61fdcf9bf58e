// Whether a request is refused and leaves no trace.
import { expect } from 'vitest';
import type { Answer, ApiClient } from './api-client.ts';
import type { ProblemBody } from './contract-bodies.ts';
import { untilIdle } from './idle.ts';
import { expectProblem } from './problems.ts';

/**
 * How often the relay has run, counted when nothing is on its way to it any more. It gets every commit of the event table:
 * as long as the number stays, nothing was appended.
 */
export async function relayInvocations(anyone: ApiClient): Promise<number> {
  const { functions } = await untilIdle(anyone);
  const relay = functions.find(({ name }) => name === 'relay');
  if (relay) return relay.invocations;
  throw new Error(`There is no function relay; there are ${functions.map(({ name }) => name).join(', ')}`);
}

/** Expects that the request is refused with that problem and that nothing was appended to the event table. */
export async function expectRefusal(
  anyone: ApiClient,
  send: () => Promise<Answer>,
  status: number,
  code: string,
): Promise<ProblemBody> {
  const before = await relayInvocations(anyone);
  const problem = expectProblem(await send(), status, code);
  expect(await relayInvocations(anyone)).toBe(before);
  return problem;
}
