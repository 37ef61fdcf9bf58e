// What a sweep is made of, one suite for each port.
import { afterAll, beforeAll, describe } from 'vitest';
import { eventScanContract } from '../../lambdas/spine/testing/contracts/event-scan.ts';
import { rebuildJobsContract } from '../../lambdas/spine/testing/contracts/rebuild-jobs.ts';
import { sweptTableContract } from '../../lambdas/spine/testing/contracts/swept-table.ts';
import { type SweepPeers, sweepPeers } from './support/sweeps.ts';

for (const { name, isAvailable, start } of sweepPeers) {
  describe.skipIf(!isAvailable)(`a sweep: ${name}`, () => {
    let peers: SweepPeers;
    beforeAll(async () => {
      peers = await start();
    });
    afterAll(() => peers.stop());
    const stop = async () => {};
    describe('its jobs', () => rebuildJobsContract({ start: () => peers.jobs(), stop }));
    describe('its table', () => sweptTableContract({ start: (index) => peers.table(index), stop }));
    describe('its scan', () => eventScanContract({ start: () => peers.events(), stop }));
  });
}
