// Waits until nothing is on its way anywhere.
import { vi } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { StatusBody } from './contract-bodies.ts';
import { untilStageIdle } from './deployed/idle.ts';
import { signInStaff } from './sign-in.ts';
import { deployedAt } from './target.ts';

/** @returns the target's status once it is idle; that of a deployed stage knows queues only */
export async function untilIdle(anyone: ApiClient, timeoutInMillis = 20_000): Promise<StatusBody> {
  const stage = deployedAt(anyone.url);
  if (stage) return untilStageIdle(stage, await signInStaff(anyone), timeoutInMillis * SLOWNESS_OF_STAGES);
  return untilHostIdle(anyone, timeoutInMillis);
}

/** How much longer than the local host a deployed stage may take. */
const SLOWNESS_OF_STAGES = 3;

const untilHostIdle = (anyone: ApiClient, timeoutInMillis: number): Promise<StatusBody> =>
  vi.waitFor(
    async () => {
      const { body } = await anyone.get<StatusBody>('/local/status');
      if (!body.idle) throw new Error(`Not idle: ${JSON.stringify(body)}`);
      return body;
    },
    { timeout: timeoutInMillis, interval: 25 },
  );
