// Waits until nothing is on its way anywhere in the local host.
import { vi } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { StatusBody } from './contract-bodies.ts';

/** @returns the host's status once it is idle */
export const untilIdle = (anyone: ApiClient, timeoutInMillis = 20_000): Promise<StatusBody> =>
  vi.waitFor(
    async () => {
      const { body } = await anyone.get<StatusBody>('/local/status');
      if (!body.idle) throw new Error(`Not idle: ${JSON.stringify(body)}`);
      return body;
    },
    { timeout: timeoutInMillis, interval: 25 },
  );
