// Whether a request is refused and leaves no trace.
import { expect } from 'vitest';
import type { Answer, ApiClient } from './api-client.ts';
import type { ProblemBody } from './contract-bodies.ts';
import { resourcesOf } from './deployed/resources.ts';
import { untilIdle } from './idle.ts';
import { expectProblem } from './problems.ts';
import { deployedAt } from './target.ts';

/**
 * A number that grows with every append to the event table, taken when nothing is on its way to it any more: the commits in a
 * deployed stage's table, the runs of the local host's relay, which gets them all.
 */
export async function appends(anyone: ApiClient): Promise<number> {
  const { functions } = await untilIdle(anyone);
  const stage = deployedAt(anyone.url);
  if (stage) return resourcesOf(stage).commits();
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
  const stage = deployedAt(anyone.url);
  const before = await appends(anyone);
  const problem = expectProblem(await send(), status, code);
  expect(stage ? await resourcesOf(stage).commits() : await appends(anyone)).toBe(before);
  return problem;
}
